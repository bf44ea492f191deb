package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Rates.Rate;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.QuoteBook.Quote;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares every account and service, keeps the quotes, and sets the account of a shipment that waits for a choice. */
final class Rating implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rating.class);
    private static final int BATCH = 8;

    /** Carriers' words have no end; a quote has room for so many. */
    private static final int LONGEST_WHY = 500;

    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Accounts accounts;
    private final Asking asking;
    private final BigDecimal dayWorth;

    /** A node that dies over prices leaves the orders to be asked for again after this long. */
    private final Duration lease;

    Rating(Ledger ledger, Accounts accounts, DispatchSettings settings) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.asking = new Asking(accounts, settings.rateWithin());
        this.dayWorth = settings.dayWorth();
        this.lease = settings.rateWithin().plus(ASK_AGAIN);
    }

    List<Offer> offers(Order order) {
        return ask(order).take();
    }

    Optional<Offer> best(List<Offer> offers, Preference preference) {
        return Offer.best(offers, preference, dayWorth);
    }

    /** Every price for an order that is not to be bought now; kept, to be compared with what it costs later. */
    Compared compare(Order order, Choice rule) {
        List<Offer> offers = offers(order);
        String id = Ids.next("rat");
        ledger.commitAll(tx -> keepAsked(tx, id, order, offers));
        return compared(id, offers, rule);
    }

    /** The same for one of many: all are asked about at once, and what a power cut takes of them is asked again. */
    Supplier<Compared> comparing(Order order, Choice rule) {
        Asking.Answers answers = ask(order);
        String id = Ids.next("rat");
        return () -> {
            List<Offer> offers = answers.take();
            ledger.commitSoon(tx -> {
                keepAsked(tx, id, order, offers);
                return id;
            });
            return compared(id, offers, rule);
        };
    }

    private static void keepAsked(Tx tx, String id, Order order, List<Offer> offers) {
        offers.forEach(
                offer -> tx.quotes().keepAsked(id, String.valueOf(order.namespace()), order.orderId(), asked(offer)));
    }

    private Compared compared(String id, List<Offer> offers, Choice rule) {
        return new Compared(
                id,
                offers.stream().map(Quoted::of).toList(),
                by(offers, Preference.By.CHEAPEST),
                by(offers, Preference.By.FASTEST),
                by(offers, Preference.By.BEST),
                chosen(offers, rule).map(Quoted::of).orElse(null),
                dayWorth);
    }

    private Optional<Offer> chosen(List<Offer> offers, Choice rule) {
        if (rule instanceof Choice.Fixed fixed) {
            return best(
                    offers.stream()
                            .filter(offer -> offer.account().name().equals(fixed.account()) && offer.isOf(fixed))
                            .toList(),
                    Preference.CHEAPEST);
        }
        return rule instanceof Choice.Compare compare
                ? best(offers, Preference.read(compare.by()).orElse(Preference.CHEAPEST))
                : Optional.empty();
    }

    /** There may never be such an order to erase, so what a carrier says of an address is not kept. */
    private static Quote asked(Offer offer) {
        Rate rate = offer.rate();
        String excluded = rate.excluded() == null
                ? null
                : rate.why() == null ? "carrier" : rate.why().code();
        return quote(
                new Offer(
                        offer.account(),
                        new Rate(
                                rate.service(),
                                rate.charges(),
                                rate.total(),
                                rate.list(),
                                rate.days(),
                                rate.promised(),
                                excluded,
                                null)),
                false,
                null);
    }

    private @Nullable Quoted by(List<Offer> offers, Preference.By by) {
        return best(offers, new Preference(by, null)).map(Quoted::of).orElse(null);
    }

    /** Asks at once; the answer is waited for by who takes it. Empty when no price came. */
    Supplier<Optional<Offer>> price(Order order, Choice choice) {
        if (choice instanceof Choice.Fixed fixed) {
            List<Account> one = accounts.find(fixed.account()).stream().toList();
            Asking.Answers answers = asking.ask(one, Shipments.of(order, 1, "", Shipments.label(order)));
            return () -> best(
                            answers.take().stream()
                                    .filter(offer -> offer.isOf(fixed))
                                    .toList(),
                            Preference.CHEAPEST)
                    .map(offer -> offer.under(fixed.service()));
        }
        if (choice instanceof Choice.Compare compare) {
            Asking.Answers answers = ask(order);
            return () -> best(answers.take(), Preference.read(compare.by()).orElse(Preference.CHEAPEST));
        }
        return Optional::empty;
    }

    private Asking.Answers ask(Order order) {
        List<Account> serving = accounts.serving(String.valueOf(order.namespace())).stream()
                .filter(account -> order.account() == null || order.account().equals(account.name()))
                .toList();
        return asking.ask(thoseOn(serving), Shipments.of(order, 1, "", Shipments.label(order)));
    }

    /** An account that is off is not chosen while another one serves. */
    private List<Account> thoseOn(List<Account> serving) {
        List<Account> on = ledger.read(tx -> serving.stream()
                .filter(account -> !tx.stops().isStopped(account.name()))
                .toList());
        return on.isEmpty() ? serving : on;
    }

    /** All of them are asked about before the first is waited for, so that silence is waited out once. */
    boolean chooseForThoseWaiting() {
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
            Asking.Answers answers = ask(Shipments.order(order, row));
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

    /** One that cannot be rated makes room for the others, and a person is told. */
    private void postpone(ShipmentRow row, RuntimeException e) {
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
        Optional<Offer> best = best(offers, asked.orElse(Preference.CHEAPEST));
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
                        tx.quotes().keep(order.id(), row.id(), quote(offer, offer.equals(best.get()), by)));
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
            offers.forEach(offer -> tx.quotes().keep(order.id(), row.id(), quote(offer, false, by)));
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

    private static Quote quote(Offer offer, boolean chosen, @Nullable String by) {
        Rate rate = offer.rate();
        Money total = rate.total();
        Money list = rate.list();
        return new Quote(
                offer.account().name(),
                offer.account().carrierId(),
                rate.service(),
                total == null ? null : total.amount(),
                list == null ? null : list.amount(),
                total == null ? null : total.currency().getCurrencyCode(),
                Json.text(rate.charges()),
                rate.days(),
                rate.promised(),
                rate.excluded() == null ? null : Shortened.to(LONGEST_WHY, rate.excluded()),
                chosen,
                by);
    }

    @Override
    public void close() {
        asking.close();
    }
}
