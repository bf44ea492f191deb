package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Rates.Rate;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.QuoteBook.Quote;
import io.waybill.ledger.Tx;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks every account and service for what an order would cost, and compares. Nothing is bought. */
final class Rating implements AutoCloseable {
    private final Ledger ledger;
    private final Accounts accounts;
    private final Asking asking;
    private final BigDecimal dayWorth;

    Rating(Ledger ledger, Accounts accounts, DispatchSettings settings) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.asking = new Asking(accounts, settings.rateWithin());
        this.dayWorth = settings.dayWorth();
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
        return new Offer(
                        offer.account(),
                        new Rate(
                                rate.service(),
                                rate.charges(),
                                rate.total(),
                                rate.list(),
                                rate.days(),
                                rate.promised(),
                                excluded,
                                null))
                .quote(false, null);
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

    Asking.Answers ask(Order order) {
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

    @Override
    public void close() {
        asking.close();
    }
}
