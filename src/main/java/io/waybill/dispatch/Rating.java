package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Rates.Rate;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.QuoteBook.Quote;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares every account and service, keeps the quotes, and sets the account of a shipment that waits for a choice. */
final class Rating {
    private static final Logger LOG = LoggerFactory.getLogger(Rating.class);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Accounts accounts;

    Rating(Ledger ledger, Accounts accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    /** A price of one account. */
    record Offer(Account account, Rate rate) {}

    List<Offer> offers(Order order) {
        return accounts.serving(String.valueOf(order.namespace())).stream()
                .filter(account -> order.account() == null || order.account().equals(account.name()))
                .filter(account -> account.carrier() instanceof Rates)
                .flatMap(account -> rates(account, order).stream().map(rate -> new Offer(account, rate)))
                .toList();
    }

    /** The best that can take the shipment; prices in other currencies than the first are not compared. */
    static Optional<Offer> best(List<Offer> offers, String by) {
        List<Offer> able = offers.stream()
                .filter(offer -> offer.rate().excluded() == null && offer.rate().total() != null)
                .toList();
        Comparator<Offer> price =
                Comparator.comparing(offer -> amount(offer.rate()).amount());
        Comparator<Offer> speed = Comparator.comparing(offer ->
                offer.rate().days() == null ? Integer.MAX_VALUE : offer.rate().days());
        return able.stream()
                .filter(offer -> amount(offer.rate())
                        .currency()
                        .equals(amount(able.get(0).rate()).currency()))
                .min(by.equals("fastest") ? speed.thenComparing(price) : price.thenComparing(speed));
    }

    boolean chooseForThoseWaiting() {
        List<ShipmentRow> rows = ledger.read(tx -> tx.shipments().due(ShipmentState.CHOOSING, 20));
        rows.forEach(this::chooseOrPostpone);
        return rows.size() == 20;
    }

    /** One that cannot be rated makes room for the others. */
    private void chooseOrPostpone(ShipmentRow row) {
        try {
            choose(row);
        } catch (RuntimeException e) {
            LOG.error("{} could not be rated", row.id(), e);
            ledger.commitAll(tx -> tx.shipments().postpone(row, ASK_AGAIN));
        }
    }

    private void choose(ShipmentRow row) {
        OrderRow order = ledger.read(tx -> tx.orders().find(row.orderUid(), Namespaces.ALL))
                .orElseThrow();
        String by = row.service() != null && Choosing.isComparison(row.service()) ? row.service() : "cheapest";
        List<Offer> offers = offers(Shipments.order(order));
        Optional<Offer> best = best(offers, by);
        ledger.commitAll(tx -> {
            tx.orders().lock(order.id(), Namespaces.ALL);
            if (best.isEmpty()) {
                noRate(tx, order, row);
                return;
            }
            Rate rate = best.get().rate();
            Account account = best.get().account();
            if (tx.shipments().chosen(row, account.name(), account.carrierId(), rate.service())) {
                tx.exceptions().close("no-rate", row.id(), "chosen", order);
                offers.forEach(offer -> tx.quotes().keep(order.id(), row.id(), quote(offer, offer == best.get(), by)));
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

    private static void noRate(io.waybill.ledger.Tx tx, OrderRow order, ShipmentRow row) {
        Problem problem =
                Problem.of(DispatchCode.NO_RATE, "orderId", order.orderId()).at("/service");
        tx.shipments().postpone(row, ASK_AGAIN);
        tx.exceptions()
                .open(
                        "no-rate",
                        row.id(),
                        order.namespace(),
                        order,
                        row.id(),
                        order.source(),
                        Duration.ofHours(1),
                        Told.of(problem));
    }

    private static List<Rate> rates(Account account, Order order) {
        return ((Rates) account.carrier()).rates(Shipments.of(order, 1, "", Shipments.label(order)));
    }

    private static Money amount(Rate rate) {
        Money total = rate.total();
        if (total == null) {
            throw new IllegalArgumentException("no total for " + rate.service());
        }
        return total;
    }

    private static Quote quote(Offer offer, boolean chosen, String by) {
        Rate rate = offer.rate();
        @Nullable Money total = rate.total();
        return new Quote(
                offer.account().name(),
                offer.account().carrierId(),
                rate.service(),
                total == null ? null : total.amount(),
                total == null ? null : total.currency().getCurrencyCode(),
                Json.mapper().valueToTree(rate.charges()).toString(),
                rate.days(),
                rate.promised(),
                rate.excluded(),
                chosen,
                by);
    }
}
