package io.waybill.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What charges are disputed of and credits are laid beside: a shipment, or a number on a bill that is no shipment's.
 *
 * @param value the shipment's id, or the number
 */
public record Claimant(String value, boolean isShipment) {
    /** Nothing of what has neither: the account's fees. */
    public static Optional<Claimant> of(@Nullable String shipment, @Nullable String number) {
        return Optional.ofNullable(shipment)
                .map(id -> new Claimant(id, true))
                .or(() -> Optional.ofNullable(number).map(said -> new Claimant(said, false)));
    }

    /** Bound as {@code :of}. */
    String condition(String table) {
        return isShipment
                ? table + ".shipment_uid = :of"
                : table + ".shipment_uid IS NULL AND " + table + ".tracking_number = :of";
    }
}
