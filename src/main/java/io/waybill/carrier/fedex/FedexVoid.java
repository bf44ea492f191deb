package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids.Voided;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code PUT /ship/v1/shipments/cancel}. Whether it was cancelled says a boolean, not the status. FedEx does not say what it gives back. */
final class FedexVoid {
    private static final CodeTable REASONS = CodeTable.read(FedexVoid.class, "voids.csv", "unknown");

    /** Not what cannot be cancelled because it was tendered already. */
    private static final Pattern VOIDED_BEFORE =
            Pattern.compile("\\b(already|previously)\\s+(been\\s+|in\\s+(an?\\s+)?)?(cancel|delet|void)"
                    + "|\\b(cancel|delet|void)\\w*\\s+(already|previously)\\b");

    private static final Pattern NOT_FOUND =
            Pattern.compile("\\b(not|cannot|can't|couldn't|unable to|no)\\b.{0,40}\\b(found|find|locate)\\b"
                    + "|\\b(not|no longer) exist\\b"
                    + "|\\binvalid tracking number\\b|\\btracking number (is|was) (invalid|not valid)\\b");

    private FedexVoid() {}

    static byte[] request(ShipmentId id, String number) {
        ObjectNode out = RequestJson.object()
                .put("emailShipment", false)
                .put("deletionControl", "DELETE_ALL_PACKAGES")
                .put("trackingNumber", id.value());
        out.set("accountNumber", FedexJson.value(number));
        return RequestJson.bytes(out);
    }

    static Voided voided(Answer.Read answer) {
        Reply json = Reply.of(answer.body());
        boolean decided = json.at("output", "cancelledShipment").isPresent();
        boolean failed =
                !json.list("errors").isEmpty() || !json.list("output", "errors").isEmpty();
        if (answer.ok() && (decided || !failed)) {
            return decided(json.at("output"));
        }
        FedexErrors errors = FedexErrors.of(answer);
        return FedexErrors.isAboutTheCaller(answer) || errors.isTransient()
                ? new Voided.Unknown("HTTP " + answer.status() + Reply.words(answer))
                : new Voided.Refused(reason(errors.code(), errors.words()), errors.words());
    }

    /** Where the boolean is missing an alert that is an error says it too, and where there are errors they alone say why. */
    private static Voided decided(Reply output) {
        List<Reply> alerts = output.list("alerts");
        List<Reply> errors = alerts.stream()
                .filter(alert -> alert.text("alertType").equalsIgnoreCase("ERROR"))
                .toList();
        String done = !errors.isEmpty() && !output.at("cancelledShipment").isPresent()
                ? "false"
                : output.required("cancelledShipment").toLowerCase(Locale.ROOT);
        if (done.equals("true")) {
            return new Voided.Done(null);
        } else if (!done.equals("false")) {
            throw new IllegalArgumentException("its cancelledShipment is neither true nor false");
        }
        return undone(errors.isEmpty() ? alerts : errors, output.text("message"));
    }

    /** @param message where none of them has words */
    private static Voided undone(List<Reply> alerts, String message) {
        String code = alerts.stream().map(one -> one.text("code")).findFirst().orElse("");
        String said = alerts.stream()
                .map(one -> one.text("message"))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
        String words = said.isEmpty() ? message : said;
        if (NotNow.isSaid(words)
                || new FedexErrors(alerts.stream().map(FedexErrors::error).toList()).isTransient()) {
            return new Voided.Unknown(words);
        }
        return new Voided.Refused(reason(code, words), words.isEmpty() ? "not cancelled" : words);
    }

    /** By FedEx's code; one that is in no table, by its words. */
    private static String reason(String code, String words) {
        String known = code.isEmpty() ? "unknown" : REASONS.word(code);
        String said = words.toLowerCase(Locale.ROOT);
        if (!known.equals("unknown")) {
            return known;
        } else if (VOIDED_BEFORE.matcher(said).find()) {
            return "label_already_voided";
        } else if (said.contains("tendered") || said.contains("picked up") || said.contains("in transit")) {
            return "label_already_used";
        }
        return FedexErrors.isNotFound(code) || NOT_FOUND.matcher(said).find() ? "label_not_found" : "unknown";
    }
}
