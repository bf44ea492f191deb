package io.waybill.carrier;

import java.util.Optional;

/** A carrier whose answer to a purchase may tell a label by nothing but its address, and that prints it in no other way. */
public interface LabelsByAddress {
    /**
     * Reads the label once more from the address in the kept answer to its purchase.
     *
     * @param id of the shipment as it was sold
     * @param request what it was bought with
     * @param answer as it was kept
     * @return {@link Fetched.NotYet} while nothing comes from the address; empty where the answer tells none, or is no sale of this shipment
     */
    Optional<Fetched> reread(ShipmentId id, byte[] request, byte[] answer, LabelRequest wanted);
}
