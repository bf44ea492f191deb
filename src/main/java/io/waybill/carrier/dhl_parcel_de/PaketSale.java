package io.waybill.carrier.dhl_parcel_de;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids.Voided;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the answer to {@code POST /orders}. What has a number was sold, whatever the statuses around it say. */
final class PaketSale {
    private PaketSale() {}

    static int parcels(byte[] request) {
        return Reply.of(request).list("shipments").size();
    }

    /**
     * All of the order's parcels, or none of them.
     *
     * @param downloads where a label is given by its address
     * @param delete gives numbers back that were sold while others were refused
     */
    static Outcome outcome(
            Answer.Read answer,
            int parcels,
            PaketPrint print,
            Downloads downloads,
            Function<List<String>, Answer> delete) {
        if (PaketErrors.isAboutTheCaller(answer)) {
            return new Outcome.NotSent(
                    "HTTP " + answer.status() + Reply.words(answer), answer.retryAfter(), answer.body());
        }
        Reply json = Reply.of(answer.body());
        List<Reply> sold = json.list("items").stream()
                .filter(item -> !item.text("shipmentNo").isEmpty())
                .toList();
        if (sold.isEmpty()) {
            PaketErrors errors = PaketErrors.of(answer, json);
            boolean isOpen = answer.ok() ? !isRefused(json, parcels) : isAnyOpen(json);
            if (NotNow.isSaid(errors.words())) {
                return new Outcome.Unknown(errors.words(), answer.body());
            }
            if (isOpen) {
                return new Outcome.Unknown(
                        "of some parcels nothing is told, of others: " + errors.words(), answer.body());
            }
            return refused(errors.words(), errors.code(), errors.pointer(), answer);
        }
        return sold.size() < parcels
                ? half(answer, json, sold, parcels, delete)
                : bought(answer, sold, print, downloads);
    }

    private static Outcome bought(Answer.Read answer, List<Reply> sold, PaketPrint print, Downloads downloads) {
        List<String> numbers =
                sold.stream().map(item -> item.text("shipmentNo")).toList();
        ShipmentId id = PaketNumbers.join(numbers);
        List<ExternalNumber> all = new ArrayList<>();
        if (numbers.size() > 1) {
            all.add(new ExternalNumber("shipment", 0, id.value()));
        }
        for (int i = 0; i < sold.size(); i++) {
            all.add(new ExternalNumber("tracking", i + 1, numbers.get(i)));
            String back = sold.get(i).text("returnShipmentNo");
            if (!back.isEmpty()) {
                all.add(new ExternalNumber("return", i + 1, back));
            }
        }
        return new Outcome.Bought(id, all, List.of(), PaketLabels.of(sold, print, downloads), answer.body())
                .warned(sold.stream().flatMap(item -> PaketErrors.warnings(item).stream()));
    }

    /** Some parcels were sold and others refused: what was sold goes back, and only once that is certain the order is refused. */
    private static Outcome half(
            Answer.Read answer, Reply json, List<Reply> sold, int parcels, Function<List<String>, Answer> delete) {
        List<String> numbers =
                sold.stream().map(item -> item.text("shipmentNo")).toList();
        String some = sold.size() + " of " + parcels + " parcels were sold";
        PaketErrors errors = PaketErrors.orElse(answer, json, some);
        if (!isRefused(json, parcels)) {
            return new Outcome.Unknown(
                    some + " (" + String.join(", ", numbers) + ") and of the others nothing is told", answer.body());
        }
        Voided back = delete.apply(numbers).<Voided>read(said -> PaketVoid.voided(said, numbers), Voided.Unknown::new);
        if (back instanceof Voided.Done) {
            return refused(errors.words(), errors.code(), errors.pointer(), answer);
        }
        return new Outcome.Unknown(
                some + " (" + String.join(", ", numbers) + ") and not taken back: " + errors.words(), answer.body());
    }

    /** Whether each parcel without a number has its reason; one that has neither may have been sold. */
    private static boolean isRefused(Reply json, int parcels) {
        List<Reply> items = json.list("items");
        return items.size() >= parcels
                && items.stream()
                        .filter(item -> item.text("shipmentNo").isEmpty())
                        .noneMatch(PaketErrors::isOpen);
    }

    /** Whether DHL failed over one of them, whatever the status of the whole. */
    private static boolean isAnyOpen(Reply json) {
        return json.list("items").stream()
                .anyMatch(item -> PaketErrors.isSilent(item) && PaketErrors.status(item) >= 500);
    }

    private static Outcome refused(String words, String code, @Nullable String pointer, Answer.Read answer) {
        return new Outcome.Refused(words, code, pointer, answer.body());
    }
}
