package io.waybill.carrier;

import java.util.List;
import java.util.Optional;

/** What a shipment has cost so far, for carriers that can be asked. */
public interface Fees {
    /**
     * Every charge the carrier has booked for this shipment, as it stands now: parts of one amount, not news since the last
     * question. A credit is negative.
     *
     * @return empty when the carrier has booked nothing yet, or does not know the shipment
     * @throws RuntimeException when it cannot be asked now
     */
    Optional<List<Charge>> fees(ShipmentId id, Ref ref);

    /** Whether that is the bill, because no other comes: then every shipment of a day is asked for. */
    default boolean areTheBill() {
        return false;
    }
}
