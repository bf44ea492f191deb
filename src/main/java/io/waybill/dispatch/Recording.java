package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Outcome;
import io.waybill.failpoint.Failpoint;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Standing;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * T2: writes what came of a purchase in one transaction, compare-and-set on the fence it was claimed under: here what was
 * sold, {@link Unsold} what was not, {@link Unsettled} what nobody knows. A writer that lost keeps a sale as an orphan for a
 * person to see, unless nobody has decided yet and its attempt is still the open one: then the late answer is the decision.
 */
final class Recording {
    private final Ledger ledger;
    private final DispatchSettings settings;
    private final Sales sales;
    private final Unsold unsold;
    private final Unsettled unsettled;

    /** @param sold told where the order of a plain sale stands once that is on disk */
    Recording(Ledger ledger, DispatchSettings settings, Outside outside, Consumer<Standing> sold) {
        this.ledger = ledger;
        this.settings = settings;
        this.sales = new Sales(ledger, settings.looks(), outside, sold);
        this.unsold = new Unsold(ledger);
        this.unsettled = new Unsettled(ledger);
    }

    /** For what sold nothing. */
    Unsold unsold() {
        return unsold;
    }

    /** For what nobody knows yet. */
    Unsettled unsettled() {
        return unsettled;
    }

    /** Sold, as a worker was answered, under the fence of its own claim; where it is a plain sale {@link Sales} write it with others. */
    void bought(Account account, OrderRow order, AttemptRow attempt, Outcome.Bought bought) {
        if (sales.record(new Sale(account, order, attempt, bought))) {
            Failpoint.AFTER_T2.here();
        } else {
            bought(account, attempt, attempt.fence(), bought);
        }
    }

    /** Sold, whoever learned of it: its {@link Sale} is written whole; or an orphan when another writer decided first. */
    void bought(Account account, AttemptRow attempt, long fence, Outcome.Bought bought) {
        ledger.commitAll(tx -> {
            decide(tx, account, attempt, fence, bought);
            Failpoint.BEFORE_T2_COMMIT.here();
        });
        Failpoint.AFTER_T2.here();
    }

    /**
     * The same in a transaction of the caller. A label found under an earlier ref first, and taken for an orphan,
     * stays bought under that ref: its cost stands there, and a void gives it back there.
     *
     * @return whether the shipment has this label now
     */
    boolean decide(Tx tx, Account account, AttemptRow attempt, long fence, Outcome.Bought bought) {
        OrderRow order = order(tx, attempt);
        Sale sale = new Sale(account, order, attempt, bought);
        String id = sale.number();
        String orphaned = tx.orphans().lock(account.name(), id);
        if (Orphans.isGivenBack(orphaned)) {
            String why = "it answers with " + id + ", which was voided or asked to be";
            Problem problem = Unsettled.problem(DispatchCode.PURCHASE_UNDER_REVIEW, attempt, why);
            Unsettled.review(tx, order, attempt, fence, problem);
            return false;
        }
        if (!tx.purchases().sold(sale.edge(fence), settings.looks())
                && !tx.purchases().adopt(attempt, sale.edge(fence), settings.looks())) {
            NewOrphan.record(tx, account, order, attempt, bought);
            return false;
        }
        Optional<String> earlier =
                orphaned == null ? Optional.empty() : tx.orphans().adopt(account.name(), id);
        boolean isPriced =
                earlier.isPresent() && Charged.adopted(tx, attempt.shipmentUid(), earlier.get(), id, bought.charges());
        if (fence != attempt.fence() || earlier.isPresent()) {
            tx.attempts().closeOthers(attempt.shipmentUid(), earlier.orElse(attempt.ref()));
        }
        earlier.map(ref -> sale.under(ref, isPriced)).orElse(sale).write(tx);
        return true;
    }

    /** The label of a sale that had none yet; with its numbers and its price where they come no sooner. */
    void labelCame(Account account, ShipmentRow row, Fetched.Ready ready) {
        ledger.commitAll(tx -> {
            OrderRow order = lock(tx, row);
            if (!tx.purchases().labelled(row)) {
                return;
            }
            List<String> news = new ArrayList<>();
            ready.numbers()
                    .forEach(number -> tx.numbers().add(row.id(), number.kind(), number.parcel(), number.value()));
            if (!ready.charges().isEmpty()) {
                Charged.record(tx, account, order, tx.attempts().sold(row.id()).orElseThrow(), ready.charges(), null);
                news.add("billing.charged");
            }
            tx.labels().keep(Sale.papers(row.id(), ready.label()).toList());
            tx.story().tell(order.id(), row.id(), "labelled", null, null);
            news.add("order.labelled");
            tx.exceptions().closeBy(Fact.LABEL, row.id());
            tx.events().emit(order, row.id(), news, JsonNodeFactory.instance.objectNode());
        });
    }

    /** What a carrier says of an order, as it is kept: it may quote the recipient, so of an order that was forgotten nothing is. */
    static String words(Tx tx, OrderRow order, String said) {
        return tx.erasure().isErased(order.id()) ? "erased" : said;
    }

    static String kept(Problem problem) {
        return Json.text(List.of(problem));
    }

    static void open(Tx tx, Reason reason, String subject, OrderRow order, String shipment, Problem problem) {
        tx.exceptions().open(reason, subject, order.namespace(), order, shipment, order.source(), kept(problem));
    }

    static void tell(Tx tx, OrderRow order, AttemptRow attempt, String what, ObjectNode detail) {
        detail.put("ref", attempt.ref()).put("account", attempt.account());
        tx.story().tell(order.id(), attempt.shipmentUid(), what, null, detail.toString());
    }

    static OrderRow order(Tx tx, AttemptRow attempt) {
        return tx.orders().lockOf(attempt.shipmentUid()).orElseThrow();
    }

    /** The order's row is locked before its shipment's is, here and wherever both are written: so no two writers wait for each other. */
    static OrderRow lock(Tx tx, ShipmentRow row) {
        return tx.orders().lock(row.orderUid(), Namespaces.ALL).orElseThrow();
    }
}
