package io.waybill.ledger;

import io.waybill.ledger.OutboxBook.Claim;
import java.time.Duration;

/**
 * Room for one event in the line of a sink's workers, kept until the commit that writes the event is decided. It is either
 * taken or given back.
 */
public interface Room {
    /** In whose name the event is claimed. */
    String owner();

    /** How long that claim is good. */
    Duration lease();

    /**
     * The event is on disk, and claimed: it is delivered now. Quick, and never fails.
     *
     * @param claimedAt {@link System#nanoTime} before the claim
     */
    void take(Claim claim, long claimedAt);

    /** Nothing was claimed. */
    void giveBack();
}
