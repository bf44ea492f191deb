package io.waybill.carrier.easypost;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Voids.Voided;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code refund_status}: submitted, until the carrier decides in days; refunded; rejected; not applicable, where the carrier bills
 * what it scans, so that an unused label costs nothing.
 */
final class EasyPostRefund {
    private static final CodeTable REASONS = CodeTable.read(EasyPostRefund.class, "voids.csv", "unknown");

    private static final Set<String> ASKED_FOR = Set.of("submitted", "not_applicable");

    private EasyPostRefund() {}

    /** What is known already; nothing while no refund was asked for. */
    static Optional<Voided> decided(Answer.Read answer) {
        if (!answer.ok()) {
            return Optional.of(refused(answer));
        }
        Reply shipment = EasyPostSale.shipment(answer);
        return status(shipment).isEmpty() ? Optional.empty() : Optional.of(voided(shipment));
    }

    /** What came of asking. */
    static Voided asked(Answer.Read answer) {
        return answer.ok() ? voided(EasyPostSale.shipment(answer)) : refused(answer);
    }

    /** Whether a shipment is as good as not bought. */
    static boolean isGivenBack(Reply shipment) {
        return status(shipment).equals("refunded");
    }

    /** Of a shipment that was bought: its label may not be good any more. */
    static Stream<String> saidBeside(Reply shipment) {
        return ASKED_FOR.contains(status(shipment)) ? Stream.of("a refund of it was asked for") : Stream.empty();
    }

    private static Voided voided(Reply shipment) {
        String status = status(shipment);
        return switch (status) {
            case "refunded" ->
                new Voided.Done(EasyPostCharges.refunded(shipment).orElse(null));
            case "not_applicable" -> new Voided.Done(null);
            case "rejected" -> new Voided.Refused("contact_carrier", "the carrier rejected the refund");
            case "submitted" -> new Voided.Pending("submitted");
            default -> new Voided.Unknown("refund_status is " + (status.isEmpty() ? "not said" : status));
        };
    }

    private static String status(Reply shipment) {
        return shipment.text("refund_status").toLowerCase(Locale.ROOT);
    }

    private static Voided refused(Answer.Read answer) {
        EasyPostError error = EasyPostError.of(answer);
        if (error.isAboutTheCaller() || error.isUnclear()) {
            return new Voided.Unknown("HTTP " + answer.status() + Reply.words(answer));
        }
        String said = error.words().toLowerCase(Locale.ROOT);
        String reason = REASONS.codes().contains(error.code())
                ? REASONS.word(error.code())
                : REASONS.codes().stream()
                        .filter(said::contains)
                        .map(REASONS::word)
                        .findFirst()
                        .orElse("unknown");
        return new Voided.Refused(reason, error.words());
    }
}
