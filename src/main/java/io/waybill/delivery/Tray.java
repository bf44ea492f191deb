package io.waybill.delivery;

import io.waybill.ledger.OutboxBook.Claim;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Semaphore;

/** What commits have handed to a sink's workers and none of them has taken up yet; never more than these can begin soon. */
final class Tray {
    private static final int ROOM = 64;

    private final Semaphore room = new Semaphore(ROOM);
    private final Queue<Handed> handed = new ArrayDeque<>();
    private boolean isClosed;

    /** @param claimedAt {@link System#nanoTime} before the claim, so that its lease ends no earlier than counted from here */
    record Handed(Claim claim, long claimedAt) {
        /** No delivery begins later than this after its claim; the rest of the lease is for its answer. */
        private static final Duration LAST_START = Duration.ofMinutes(1);

        boolean isLate() {
            return System.nanoTime() - claimedAt > LAST_START.toNanos();
        }
    }

    /** False when it is full. What is kept is either laid down or given back. */
    boolean keepRoom() {
        return room.tryAcquire();
    }

    void giveBack() {
        room.release();
    }

    /** Where room was kept. False when it is closed: nobody will take it up. */
    synchronized boolean lay(Handed event) {
        if (isClosed) {
            room.release();
            return false;
        }
        return handed.add(event);
    }

    /** The one that waits longest. */
    synchronized Optional<Handed> take() {
        Optional<Handed> taken = Optional.ofNullable(handed.poll());
        taken.ifPresent(event -> room.release());
        return taken;
    }

    synchronized List<Handed> takeAll() {
        List<Handed> all = List.copyOf(handed);
        handed.clear();
        room.release(all.size());
        return all;
    }

    /**
     * Takes nothing any more.
     *
     * @return what nobody took up
     */
    synchronized List<Handed> close() {
        isClosed = true;
        return takeAll();
    }

    synchronized boolean isEmpty() {
        return handed.isEmpty();
    }
}
