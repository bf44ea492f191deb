package io.waybill.delivery;

import io.waybill.delivery.Tray.Handed;
import io.waybill.ledger.CutShort;
import io.waybill.ledger.OutboxBook.Claim;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the workers of a sink have claimed: each is delivered, or given back where it cannot begin any more or is not to begin yet. */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    /** In polls: how long a run has to last before it begins anew what it or another once began alone. */
    private static final long CALM = 10;

    private final SinkSettings settings;
    private final Outcomes outcomes;
    private final Attempts attempts;
    private final Duration poll;
    private final BooleanSupplier stopping;
    private final long started = System.nanoTime();

    /** @param stopping true once nothing is to begin any more */
    Claims(SinkSettings settings, Sink sink, Outcomes outcomes, Duration poll, BooleanSupplier stopping) {
        this.settings = settings;
        this.outcomes = outcomes;
        this.attempts = new Attempts(settings, sink, outcomes);
        this.poll = poll;
        this.stopping = stopping;
    }

    /** Whether the sink did not take the last event. */
    boolean isRefused() {
        return attempts.isRefused();
    }

    /** Those of one look, in turn; what a hub had before when it ended comes last, and by itself. */
    void deliver(List<Handed> events) {
        Receipts receipts = new Receipts(settings.name(), outcomes);
        events.stream().filter(event -> cutShort(event) == 0).forEach(event -> deliver(event, receipts));
        receipts.record();
        List<Handed> before = events.stream()
                .filter(event -> cutShort(event) > 0)
                .sorted(Comparator.comparingInt(Claims::cutShort))
                .toList();
        if (!before.isEmpty()) {
            Duration wait = untilAlone(before.get(0));
            if (wait.isNegative() || wait.isZero() || stopping.getAsBoolean()) {
                deliverAlone(before.get(0), before.subList(1, before.size()));
            } else {
                release(before, wait);
            }
        }
    }

    /** A hub that ends again and again within moments may end of something else: what was begun alone waits longer each time. */
    private Duration untilAlone(Handed event) {
        int times = cutShort(event);
        return times == 1 || times >= CutShort.MOST
                ? Duration.ZERO
                : poll.multipliedBy(CALM << (times - 2)).minusNanos(System.nanoTime() - started);
    }

    private static int cutShort(Handed event) {
        return CutShort.times(event.claim().lastError());
    }

    /** What may have ended a hub is begun with no other of its batch, which would end with it. */
    private void deliverAlone(Handed event, List<Handed> others) {
        if (stopping.getAsBoolean() || event.isLate()) {
            release(List.of(event));
            release(others);
            return;
        }
        try {
            List<Claim> left = others.stream().map(Handed::claim).toList();
            if (outcomes.beginsAlone(event.claim(), left)) {
                attempts.attempt(event.claim(), new Receipts(settings.name(), outcomes));
            }
        } catch (RuntimeException e) {
            warn(event.claim(), e);
        }
    }

    /** A claim whose outcome cannot be recorded is left to its lease, and sent again. */
    void deliver(Handed event, Receipts receipts) {
        Claim claim = event.claim();
        try {
            if (stopping.getAsBoolean() || event.isLate()) {
                outcomes.release(claim);
            } else {
                attempts.attempt(claim, receipts);
            }
        } catch (RuntimeException e) {
            warn(claim, e);
        }
    }

    /** What cannot be released is left to its lease. */
    void release(List<Handed> events) {
        release(events, Duration.ZERO);
    }

    private void release(List<Handed> events, Duration wait) {
        if (events.isEmpty()) {
            return;
        }
        try {
            outcomes.release(events.stream().map(Handed::claim).toList(), wait);
        } catch (RuntimeException e) {
            LOG.warn("sink {}: {} events cannot be given back: {}", settings.name(), events.size(), Outcomes.words(e));
        }
    }

    private static void warn(Claim claim, RuntimeException e) {
        LOG.warn("sink {}: the outcome of {} cannot be recorded: {}", claim.sink(), claim.id(), Outcomes.words(e));
    }
}
