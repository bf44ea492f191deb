package io.waybill.api;

import java.util.concurrent.atomic.AtomicLong;

/** How much of its callers' requests the hub holds in memory at once. */
final class Room {
    private final long size;
    private final AtomicLong taken = new AtomicLong();

    Room(long size) {
        this.size = size;
    }

    /** False, and nothing taken, when there is not so much left. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= size) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
