package io.waybill.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What charges are disputed of and credits are laid beside: a shipment's own labels, those beside them, or a number on a bill that
 * is no shipment's.
 *
 * @param value the shipment's id, or the number
 * @param beside whether it is the labels beside the shipment's own
 */
public record Claimant(String value, boolean isShipment, boolean beside) {
    /** Nothing of what has neither: the account's fees. */
    public static Optional<Claimant> of(@Nullable String shipment, @Nullable String number, boolean beside) {
        return Optional.ofNullable(shipment)
                .map(id -> new Claimant(id, true, beside))
                .or(() -> Optional.ofNullable(number).map(said -> new Claimant(said, false, false)));
    }

    /** Which lines of invoices are of it; bound as {@code :of}. */
    String billed(String line) {
        return condition(line, BesideOwn.is(line));
    }

    /** Which lines of disputes are of it; bound as {@code :of}. */
    String disputed(String line) {
        return condition(line, BesideOwn.isDisputed(line));
    }

    private String condition(String line, String besideOwn) {
        return isShipment
                ? "%1$s.shipment_uid = :of AND %2$s = (%3$s)".formatted(line, beside ? "TRUE" : "FALSE", besideOwn)
                : "%s.shipment_uid IS NULL AND %s = %s"
                        .formatted(line, PlainNumber.of(line + ".tracking_number"), PlainNumber.of(":of"));
    }
}
