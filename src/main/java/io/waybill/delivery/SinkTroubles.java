package io.waybill.delivery;

import io.waybill.ledger.OutboxBook.Claim;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Why a sink takes nothing is news once an hour, not of each event that waits for it: until it takes one again, or says something else. */
final class SinkTroubles {
    private static final long AGAIN = Duration.ofHours(1).toNanos();

    private final LongSupplier clock;
    private final Map<String, Told> told = new HashMap<>();

    private record Told(String reason, long at) {}

    SinkTroubles() {
        this(System::nanoTime);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} counts them */
    SinkTroubles(LongSupplier clock) {
        this.clock = clock;
    }

    /** @param why of this event; its id in it is no other reason */
    synchronized boolean isNews(Claim claim, String why) {
        Told now = new Told(why.replace(claim.id(), ""), clock.getAsLong());
        Told before = told.get(claim.sink());
        if (before != null && !isOld(before, now)) {
            return false;
        }
        told.put(claim.sink(), now);
        return true;
    }

    private static boolean isOld(Told before, Told next) {
        return !before.reason.equals(next.reason) || next.at - before.at >= AGAIN;
    }

    synchronized void over(String sink) {
        told.remove(sink);
    }
}
