package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.StoppedRows.Unbought;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls off what a batch that is stopped has taken in and is not being bought; some at a time, so that a kill loses nothing. */
final class Stopping {
    private static final int TOGETHER = 50;

    private final Ledger ledger;
    private final CallingOff door;
    private final BooleanSupplier hubStops;

    Stopping(Ledger ledger, CallingOff door, BooleanSupplier hubStops) {
        this.ledger = ledger;
        this.door = door;
        this.hubStops = hubStops;
    }

    /**
     * Calls off what can be, from the end of the file, for buyers begin at its beginning.
     *
     * @return whether nothing of it can be bought any more: what was being bought has ended
     */
    boolean callOff(BatchRow batch, String file) {
        CallingOff.Why why = new CallingOff.Why(batch.id(), batch.scope(), Stop.by(batch));
        int before = Integer.MAX_VALUE;
        List<Unbought> some = page(file, why, before);
        while (!some.isEmpty() && !hubStops.getAsBoolean()) {
            callOff(file, some, why);
            before = some.get(some.size() - 1).ordinal();
            some = page(file, why, before);
        }
        return !hubStops.getAsBoolean()
                && !ledger.<Boolean>read(tx -> tx.stopped().isUnderWay(file, why.scope()));
    }

    /** Something of it is still to be called off. */
    boolean isAtWork(BatchRow batch, String file) {
        return !ledger.read(tx -> tx.stopped().unbought(file, batch.scope(), Integer.MAX_VALUE, 1))
                .isEmpty();
    }

    private List<Unbought> page(String file, CallingOff.Why why, int before) {
        return ledger.read(tx -> tx.stopped().unbought(file, why.scope(), before, TOGETHER));
    }

    private void callOff(String file, List<Unbought> some, CallingOff.Why why) {
        Map<String, Unbought> rows =
                some.stream().collect(Collectors.toMap(Unbought::orderUid, Function.identity(), (last, first) -> last));
        Problem said = Problem.of(BatchCode.STOPPED_CALLED_OFF);
        door.callOff(List.copyOf(rows.keySet()), why, (tx, order) -> {
            Unbought row = rows.get(order);
            if (row != null) {
                List<Problem> problems = Stream.concat(Stream.of(said), Outcomes.problems(row.problems()).stream())
                        .toList();
                tx.stopped().calledOff(file, row.ordinal(), said.code(), Outcomes.json(problems));
            }
        });
    }
}
