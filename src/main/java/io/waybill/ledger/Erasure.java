package io.waybill.ledger;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Erases personal data: of one order, of a namespace, and of whatever has been kept long enough. A hundred orders to a transaction. */
public final class Erasure {
    private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);
    private static final int BATCH = 100;
    /** Long enough for the bills of what was compared; what was only looked at is kept as long, unless originals go sooner. */
    private static final Duration HALF_A_YEAR = Duration.ofDays(180);

    private final Ledger ledger;

    public Erasure(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param open orders that were left as they are: a shipment of theirs is still open, or, as the log says, they cannot be read */
    public record Done(int erased, int open) {}

    /**
     * Erases one order. Erasing it again changes nothing.
     *
     * @throws ProblemException {@code no-order-to-erase}; {@code order-still-open} while a shipment may still be bought
     */
    public void order(String orderUid, Namespaces scope, String actor) {
        int erased = ledger.commit(tx -> {
            OrderRow order = tx.orders()
                    .lock(orderUid, scope)
                    .orElseThrow(() -> new ProblemException(Problem.of(LedgerCode.NO_ORDER_TO_ERASE, "id", orderUid)));
            return erase(tx, List.of(order), actor);
        });
        if (erased == 0) {
            throw new ProblemException(Problem.of(LedgerCode.ORDER_STILL_OPEN, "id", orderUid));
        }
    }

    /** Erases every order of a namespace that has no open shipment. */
    public Done namespace(String namespace, String actor) {
        int erased = 0;
        int open = 0;
        String after = "";
        while (true) {
            String from = after;
            List<String> batch = ledger.read(tx -> tx.erasure().of(namespace, from, BATCH));
            int closed = eraseClosed(batch, actor);
            erased += closed;
            open += batch.size() - closed;
            if (batch.size() < BATCH) {
                return new Done(erased, open);
            }
            after = batch.get(batch.size() - 1);
        }
    }

    /**
     * One round of the retention; called from time to time. What it has not come to is left for the next.
     *
     * @param turns a turn for each kind of what is kept, asked before each of its steps whether it goes on
     * @return how many orders, labels and originals went
     */
    public Gone retain(Retention keep, Supplier<BooleanSupplier> turns) {
        int orders = keep.personal()
                .map(age -> stepByStep(turns, () -> eraseClosed(closedFor(age), "retention")))
                .orElse(0);
        int labels = keep.labels()
                .map(age -> stepByStep(turns, () -> forgetLabels(age)))
                .orElse(0);
        int originals = stepByStep(turns, () -> originals(keep));
        keep.documents().ifPresent(age -> forget(turns, tx -> tx.erasure().toldLongerAgoThan(age, BATCH)));
        forget(turns, tx -> tx.shadows().forget(keep.shadows(), BATCH));
        forget(turns, tx -> tx.quotes().forgetAsked(HALF_A_YEAR, BATCH));
        forgetCompared(turns.get(), keep.documents().orElse(HALF_A_YEAR));
        forget(turns, tx -> tx.newest().forget(HALF_A_YEAR, BATCH));
        return new Gone(orders, labels, originals);
    }

    /** Until a step finds none left, or none of the oldest can be forgotten, or the turn is over. */
    private static int stepByStep(Supplier<BooleanSupplier> turns, IntSupplier step) {
        BooleanSupplier turn = turns.get();
        int all = 0;
        int some = 1;
        while (some > 0 && turn.getAsBoolean()) {
            some = step.getAsInt();
            all += some;
        }
        return all;
    }

    /** What one round of the retention erased. */
    public record Gone(int orders, int labels, int originals) {
        public boolean isNothing() {
            return orders + labels + originals == 0;
        }
    }

    private List<String> closedFor(Duration age) {
        return ledger.read(tx -> tx.erasure().closedFor(age, BATCH));
    }

    private int forgetLabels(Duration age) {
        List<String> shipments = ledger.read(tx -> tx.erasure().labelledFor(age, BATCH));
        if (!shipments.isEmpty()) {
            ledger.commitAll(tx -> tx.erasure().forget(shipments));
        }
        return shipments.size();
    }

    /** Those whose source keeps them shorter go by that, the others by the setting for all. */
    private int originals(Retention keep) {
        return ledger.commit(tx -> tx.originals().erase(BATCH)
                + keep.documents()
                        .map(age -> tx.erasure().originalsOlderThan(age, BATCH))
                        .orElse(0));
    }

    /** Batch after batch, each in a transaction of its own; one that forgets in several tables may answer more than it was asked for. */
    private void forget(Supplier<BooleanSupplier> turns, Function<Tx, Integer> batch) {
        BooleanSupplier turn = turns.get();
        int forgotten = BATCH;
        while (forgotten >= BATCH && turn.getAsBoolean()) {
            forgotten = ledger.commit(batch);
        }
    }

    /** Sheet after sheet, each in a transaction of its own. */
    private void forgetCompared(BooleanSupplier turn, Duration age) {
        boolean more = true;
        while (more && turn.getAsBoolean()) {
            more = ledger.commit(tx -> tx.compared().forgetOne(age));
        }
    }

    /**
     * Those of them that are, in one transaction; where that fails each alone, so that none keeps another.
     *
     * @return how many
     */
    private int eraseClosed(List<String> ids, String actor) {
        try {
            return ledger.commit(
                    tx -> erase(tx, List.copyOf(tx.orders().lock(ids).get().values()), actor));
        } catch (RuntimeException e) {
            if (LedgerFailure.isGone(e)) {
                throw e;
            }
            if (ids.size() == 1) {
                LOG.error(
                        "order {} cannot be forgotten: {}",
                        ids.get(0),
                        e.getClass().getSimpleName());
                return 0;
            }
            return ids.stream().mapToInt(id -> eraseClosed(List.of(id), actor)).sum();
        }
    }

    private static int erase(Tx tx, List<OrderRow> orders, String actor) {
        Set<String> closed =
                tx.erasure().closed(orders.stream().map(OrderRow::id).toList());
        List<OrderRow> erased =
                orders.stream().filter(order -> closed.contains(order.id())).toList();
        tx.erasure().erase(erased);
        erased.forEach(order -> {
            tx.story().tell(order.id(), null, "erased", actor, null);
            tx.audit().record(actor, "order.erased", order.id(), order.namespace(), null);
        });
        return erased.size();
    }
}
