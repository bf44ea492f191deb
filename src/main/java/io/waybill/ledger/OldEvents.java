package io.waybill.ledger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/** Removes what sinks took, or was discarded, long enough ago, a few hundred events of one sink to a transaction, and of each sink in turn. */
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
     * @param age how long an event is kept after it was sent or discarded
     * @param goesOn asked before each step
     * @return how many events went
     */
    public int remove(Duration age, BooleanSupplier goesOn) {
        int gone = 0;
        Queue<Turn> turns = turns();
        while (!turns.isEmpty() && goesOn.getAsBoolean()) {
            Turn turn = turns.remove();
            SentBook.Step last =
                    ledger.commit(tx -> tx.sent().remove(turn.end(), turn.sink(), age, turn.before(), step));
            gone += last.gone();
            if (last.more()) {
                turns.add(new Turn(turn.end(), turn.sink(), last));
            }
        }
        return gone;
    }

    /** A sink, and the step it ended with. */
    private record Turn(SentBook.End end, String sink, SentBook.Step before) {}

    private Queue<Turn> turns() {
        Queue<Turn> turns = new ArrayDeque<>();
        for (SentBook.End end : SentBook.End.values()) {
            for (Optional<String> sink = after(end, ""); sink.isPresent(); sink = after(end, sink.get())) {
                turns.add(new Turn(end, sink.get(), SentBook.Step.FIRST));
            }
        }
        return turns;
    }

    private Optional<String> after(SentBook.End end, String sink) {
        return ledger.read(tx -> tx.sent().sinkAfter(end, sink));
    }
}
