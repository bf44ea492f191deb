package io.waybill.delivery;

import io.waybill.delivery.Tray.Handed;
import io.waybill.ledger.OutboxBook.Claim;
import io.waybill.ledger.Room;
import java.time.Duration;
import java.util.function.Consumer;

/** Room in the tray of a line. */
final class KeptRoom implements Room {
    private final Tray tray;
    private final String owner;
    private final Duration lease;
    private final Runnable laid;
    private final Consumer<Handed> tooLate;

    /**
     * @param laid tells the line that there is an event
     * @param tooLate has an event that came after the line had closed
     */
    KeptRoom(Tray tray, String owner, Duration lease, Runnable laid, Consumer<Handed> tooLate) {
        this.tray = tray;
        this.owner = owner;
        this.lease = lease;
        this.laid = laid;
        this.tooLate = tooLate;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public Duration lease() {
        return lease;
    }

    @Override
    public void take(Claim claim, long claimedAt) {
        Handed event = new Handed(claim, claimedAt);
        if (tray.lay(event)) {
            laid.run();
        } else {
            tooLate.accept(event);
        }
    }

    @Override
    public void giveBack() {
        tray.giveBack();
    }
}
