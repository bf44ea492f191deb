package io.waybill.carrier;

import java.util.Optional;

/** A carrier whose answer to a purchase may tell a label by nothing but its address, and that prints it in no other way. */
public interface LabelsByAddress {
    /**
     * Reads the label once more from the address in the kept answer to its purchase.
     *
     * @param request what it was bought with
     * @param answer as it was kept
     * @return {@link Fetched.NotYet} while nothing comes from the address; empty where the answer tells none
     * @throws RuntimeException when the answer cannot be read
     */
    Optional<Fetched> reread(byte[] request, byte[] answer, LabelRequest wanted);
}
