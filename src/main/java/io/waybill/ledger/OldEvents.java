package io.waybill.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Removes what sinks took long enough ago, one sink after the other, a few hundred events to a transaction. */
public final class OldEvents {
    private static final int STEP = 500;

    private final Ledger ledger;
    private final int step;

    public OldEvents(Ledger ledger) {
        this(ledger, STEP);
    }

    OldEvents(Ledger ledger, int step) {
        this.ledger = ledger;
        this.step = step;
    }

    /**
     * One round. What it has not come to when it ends, however it ends, is left for the next.
     *
     * @param age how long an event is kept after it was sent
     * @param goesOn asked before each step
     * @return how many events went
     */
    public int remove(Duration age, BooleanSupplier goesOn) {
        int gone = 0;
        for (Optional<String> sink = after(""); sink.isPresent() && goesOn.getAsBoolean(); sink = after(sink.get())) {
            gone += remove(sink.get(), age, goesOn);
        }
        return gone;
    }

    private int remove(String sink, Duration age, BooleanSupplier goesOn) {
        int gone = 0;
        SentBook.Step last = SentBook.Step.FIRST;
        while (last.more() && goesOn.getAsBoolean()) {
            SentBook.Step before = last;
            last = ledger.commit(tx -> tx.sent().remove(sink, age, before, step));
            gone += last.gone();
        }
        return gone;
    }

    private Optional<String> after(String sink) {
        return ledger.read(tx -> tx.sent().sinkAfter(sink));
    }
}
