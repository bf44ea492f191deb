package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Rates.Rate;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerFailure;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the account of each shipment that waits for a choice, by what every account and service would cost, and keeps these prices. */
final class Choices {
    private static final Logger LOG = LoggerFactory.getLogger(Choices.class);
    private static final int BATCH = 8;

    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Rating rating;

    /** A node that dies over prices leaves the orders to be asked for again after this long. */
    private final Duration lease;

    Choices(Ledger ledger, Rating rating, DispatchSettings settings) {
        this.ledger = ledger;
        this.rating = rating;
        this.lease = settings.rateWithin().plus(ASK_AGAIN);
    }

    /** All of them are asked about before the first is waited for, so that silence is waited out once. */
    boolean makeThoseDue() {
        List<ShipmentRow> rows = ledger.database().isEmbedded()
                ? ledger.read(tx -> tx.due().choosing(BATCH))
                : ledger.commitSoon(tx -> tx.due().takeChoosing(BATCH, lease));
        List<Runnable> choices = rows.stream().map(this::prepare).toList();
        choices.forEach(Runnable::run);
        return rows.size() == BATCH;
    }

    private Runnable prepare(ShipmentRow row) {
        try {
            OrderRow order = ledger.read(tx -> tx.orders().find(row.orderUid(), Namespaces.ALL))
                    .orElseThrow();
            Asking.Answers answers = rating.ask(Shipments.order(order, row));
            return () -> chooseOrPostpone(row, order, answers);
        } catch (RuntimeException e) {
            return () -> postpone(row, e);
        }
    }

    private void chooseOrPostpone(ShipmentRow row, OrderRow order, Asking.Answers answers) {
        try {
            choose(row, order, answers.take());
        } catch (RuntimeException e) {
            postpone(row, e);
        }
    }

    /** One that cannot be rated makes room for the others, and a person is told; but not that the database is gone. */
    private void postpone(ShipmentRow row, RuntimeException e) {
        if (LedgerFailure.isAway(e)) {
            throw e;
        }
        LOG.error("{} could not be rated", row.id(), e);
        ledger.commitAll(tx -> {
            OrderRow order = tx.orders().lock(row.orderUid(), Namespaces.ALL).orElseThrow();
            Problem problem = Problem.of(
                    DispatchCode.RATING_BROKE,
                    "orderId",
                    order.orderId(),
                    "why",
                    e.getClass().getSimpleName());
            askPerson(tx, order, row, problem);
        });
    }

    private void choose(ShipmentRow row, OrderRow order, List<Offer> offers) {
        Optional<Preference> asked = Preference.read(row.service());
        String by = asked.isPresent() ? String.valueOf(row.service()) : "cheapest";
        Optional<Offer> best = rating.best(offers, asked.orElse(Preference.CHEAPEST));
        ledger.commitAll(tx -> {
            tx.orders().lock(order.id(), Namespaces.ALL);
            if (best.isEmpty()) {
                noRate(tx, order, row, offers, by);
                return;
            }
            Rate rate = best.get().rate();
            Account account = best.get().account();
            if (tx.shipments().chosen(row, account.name(), account.carrierId(), rate.service())) {
                tx.exceptions().closeBy(Fact.CHOSEN, row.id());
                offers.forEach(offer ->
                        tx.quotes().keep(order.id(), row.id(), offer.quote(offer.equals(best.get()), by)));
                QuotedCharges.record(tx, account, order, row.id(), rate);
                tx.story()
                        .tell(
                                order.id(),
                                row.id(),
                                "chosen",
                                null,
                                Json.mapper()
                                        .createObjectNode()
                                        .put("by", by)
                                        .put("account", account.name())
                                        .put("service", rate.service())
                                        .put("total", String.valueOf(rate.total()))
                                        .toString());
            }
        });
    }

    /** Why each account has none is kept when a person is told, and not again at each question. */
    private static void noRate(Tx tx, OrderRow order, ShipmentRow row, List<Offer> offers, String by) {
        Problem problem =
                Problem.of(DispatchCode.NO_RATE, "orderId", order.orderId()).at("/service");
        boolean isTold = tx.exceptions().isOpen(Reason.NO_RATE, row.id());
        if (askPerson(tx, order, row, problem) && !isTold) {
            offers.forEach(offer -> tx.quotes().keep(order.id(), row.id(), offer.quote(false, by)));
        }
    }

    /** False where the shipment has changed meanwhile. */
    private static boolean askPerson(Tx tx, OrderRow order, ShipmentRow row, Problem problem) {
        boolean waits = tx.shipments().postpone(row, ASK_AGAIN);
        if (waits) {
            tx.exceptions()
                    .open(
                            Reason.NO_RATE,
                            row.id(),
                            order.namespace(),
                            order,
                            row.id(),
                            order.source(),
                            Json.text(List.of(problem)));
        }
        return waits;
    }
}
