package io.waybill.carrier.dhl_parcel_de;

import io.waybill.carrier.Answer;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Voids.Voided;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the answer to {@code DELETE /orders}: a status for each number. Until the daily close DHL takes shipments back; it does not say what that is worth. */
final class PaketVoid {
    private static final String AGAIN = "label_already_voided";

    private PaketVoid() {}

    static Voided voided(Answer.Read answer, List<String> numbers) {
        if (PaketErrors.isAboutTheCaller(answer)) {
            return new Voided.Unknown("HTTP " + answer.status() + Reply.words(answer));
        }
        Reply json = Reply.of(answer.body());
        List<Reply> items = json.list("items");
        if (items.isEmpty()) {
            return ofTheCall(answer, json);
        }
        int done = 0;
        Set<String> told = new HashSet<>();
        List<Voided.Refused> refused = new ArrayList<>();
        for (Reply item : items) {
            int status = PaketErrors.status(item);
            String number = item.text("shipmentNo");
            if (!number.isEmpty() && !numbers.contains(number)) {
                return new Voided.Unknown("it tells of another shipment, " + number);
            }
            told.add(number.isEmpty() ? "item " + told.size() : number);
            if (status >= 200 && status < 300 && !PaketErrors.isSilent(item)) {
                return new Voided.Unknown("done, and yet: " + words(item));
            }
            if (status >= 200 && status < 300) {
                done++;
            } else if (status >= 400 && status < 500 && !PaketErrors.isNotNow(item)) {
                refused.add(refused(words(item)));
            } else {
                return new Voided.Unknown("of a shipment nothing is decided" + Reply.words(answer));
            }
        }
        List<Voided.Refused> kept =
                refused.stream().filter(no -> !no.reason().equals(AGAIN)).toList();
        if (!kept.isEmpty()) {
            return kept.get(0);
        }
        if (told.size() < numbers.size()) {
            return new Voided.Unknown("not every shipment has a status");
        }
        return done > 0 ? new Voided.Done(null) : refused.get(0);
    }

    private static Voided ofTheCall(Answer.Read answer, Reply json) {
        Reply status = json.at("status").json().isObject() ? json.at("status") : json;
        String words = PaketErrors.said(status);
        if (words.isEmpty() || NotNow.isSaid(words) || (!answer.ok() && answer.status() != 400)) {
            return new Voided.Unknown("HTTP " + answer.status() + Reply.words(answer));
        }
        return answer.ok() ? new Voided.Unknown("it names no shipment: " + words) : refused(words);
    }

    private static String words(Reply item) {
        return item.list("validationMessages").stream()
                .map(one -> one.text("validationMessage"))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseGet(() -> item.text("sstatus", "detail").isEmpty()
                        ? item.text("sstatus", "title")
                        : item.text("sstatus", "detail"));
    }

    /** DHL has words and no codes for it. */
    private static Voided.Refused refused(String words) {
        String said = words.toLowerCase(Locale.ROOT);
        String reason = "unknown";
        if (said.contains("already") && (said.contains("delet") || said.contains("cancel"))) {
            reason = AGAIN;
        } else if (said.contains("manifest") || said.contains("closed") || said.contains("close-out")) {
            reason = "void_period_over";
        } else if (said.contains("unknown") || said.contains("not exist") || said.contains("not found")) {
            reason = "label_not_found";
        }
        return new Voided.Refused(reason, words.isEmpty() ? "not deleted" : words);
    }
}
