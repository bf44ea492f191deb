package io.waybill.carrier;

import java.util.Optional;

/** A carrier whose answer to a purchase tells of its label what is told in no other way, such as its address. */
public interface LabelsByAddress {
    /**
     * Reads the label once more with what the kept answer to its purchase tells, such as its address.
     *
     * @param id of the shipment as it was sold
     * @param request what it was bought with
     * @param answer as it was kept
     * @return {@link Fetched.NotYet} while nothing comes; empty where the answer tells nothing of it, or is no sale of this shipment
     */
    Optional<Fetched> reread(ShipmentId id, byte[] request, byte[] answer, LabelRequest wanted);
}
