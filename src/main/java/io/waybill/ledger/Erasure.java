package io.waybill.ledger;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Erases personal data: of one order, of a namespace, and of whatever has been kept long enough. In small transactions. */
public final class Erasure {
    private static final int BATCH = 100;
    /** Long enough for the bills of what was compared; what was only looked at is kept as long, unless originals go sooner. */
    private static final Duration HALF_A_YEAR = Duration.ofDays(180);

    private final Ledger ledger;

    public Erasure(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param open orders that were left as they are because a shipment of theirs is still open */
    public record Done(int erased, int open) {}

    /**
     * Erases one order. Erasing it again changes nothing.
     *
     * @throws ProblemException {@code no-order-to-erase}; {@code order-still-open} while a shipment may still be bought
     */
    public void order(String orderUid, Namespaces scope, String actor) {
        boolean erased = ledger.commit(tx -> {
            OrderRow order = tx.orders()
                    .lock(orderUid, scope)
                    .orElseThrow(() -> new ProblemException(Problem.of(LedgerCode.NO_ORDER_TO_ERASE, "id", orderUid)));
            return erase(tx, order, actor);
        });
        if (!erased) {
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
            for (String order : batch) {
                if (eraseIfClosed(order, actor)) {
                    erased++;
                } else {
                    open++;
                }
                after = order;
            }
            if (batch.size() < BATCH) {
                return new Done(erased, open);
            }
        }
    }

    /** One round of the retention; called from time to time. Answers how many orders, labels and originals went. */
    public Gone retain(Retention keep) {
        int orders = 0;
        int labels = 0;
        int originals = 0;
        if (keep.personal().isPresent()) {
            for (List<String> batch = closed(keep); !batch.isEmpty(); batch = closed(keep)) {
                orders += batch.size();
                batch.forEach(order -> eraseIfClosed(order, "retention"));
            }
        }
        if (keep.labels().isPresent()) {
            for (List<String> batch = labelled(keep); !batch.isEmpty(); batch = labelled(keep)) {
                labels += batch.size();
                batch.forEach(shipment -> ledger.commitAll(tx -> tx.erasure().forget(shipment)));
            }
        }
        for (int some = originals(keep); some > 0; some = originals(keep)) {
            originals += some;
        }
        keep.documents().ifPresent(age -> forget(tx -> tx.erasure().toldLongerAgoThan(age, BATCH)));
        forget(tx -> tx.shadows().forget(keep.shadows(), BATCH));
        forget(tx -> tx.quotes().forgetAsked(HALF_A_YEAR, BATCH));
        forgetCompared(keep.documents().orElse(HALF_A_YEAR));
        forget(tx -> tx.positions().forgetDocuments(HALF_A_YEAR, BATCH));
        return new Gone(orders, labels, originals);
    }

    /** What one round of the retention erased. */
    public record Gone(int orders, int labels, int originals) {
        public static final Gone NOTHING = new Gone(0, 0, 0);

        public boolean isNothing() {
            return orders + labels + originals == 0;
        }
    }

    private List<String> closed(Retention keep) {
        return ledger.read(tx -> tx.erasure().closedFor(keep.personal().orElseThrow(), BATCH));
    }

    private List<String> labelled(Retention keep) {
        return ledger.read(tx -> tx.erasure().labelledFor(keep.labels().orElseThrow(), BATCH));
    }

    /** Those whose source keeps them shorter go by that, the others by the setting for all. */
    private int originals(Retention keep) {
        return ledger.commit(tx -> tx.originals().erase(BATCH)
                + keep.documents()
                        .map(age -> tx.erasure().originalsOlderThan(age, BATCH))
                        .orElse(0));
    }

    /** Batch after batch, each in a transaction of its own; one that forgets in several tables may answer more than it was asked for. */
    private void forget(Function<Tx, Integer> batch) {
        while (ledger.commit(batch) >= BATCH) {
            continue;
        }
    }

    /** Sheet after sheet, each in a transaction of its own. */
    private void forgetCompared(Duration age) {
        while (ledger.commit(tx -> tx.compared().forgetOne(age))) {
            continue;
        }
    }

    private boolean eraseIfClosed(String orderUid, String actor) {
        return ledger.commit(tx -> tx.orders()
                .lock(orderUid, Namespaces.ALL)
                .map(order -> erase(tx, order, actor))
                .orElse(false));
    }

    private static boolean erase(Tx tx, OrderRow order, String actor) {
        if (!tx.erasure().isClosed(order.id())) {
            return false;
        }
        tx.erasure().erase(order);
        tx.story().tell(order.id(), null, "erased", actor, null);
        tx.audit().record(actor, "order.erased", order.id(), order.namespace(), null);
        return true;
    }
}
