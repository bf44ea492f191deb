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
import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an order would cost: asks every account and service, and compares. Nothing is bought. */
public final class Rating {
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

    /** A price of one account, and whether it is the best. */
    public record Ranked(String account, String carrier, Rate rate, boolean best) {}

    /** Every price for an order, with the best by {@code cheapest}, {@code fastest} or {@code best}. Nothing is kept. */
    public List<Ranked> quote(Order order, String by) {
        List<Offer> offers = ask(order).take();
        Optional<Offer> best = best(offers, preference(by));
        return offers.stream()
                .map(offer -> new Ranked(
                        offer.account().name(),
                        offer.account().carrierId(),
                        offer.rate(),
                        best.filter(offer::equals).isPresent()))
                .toList();
    }

    /** Why an order would be refused before anything is sent, by the account a choice means. Nobody is asked, nothing is kept. */
    public Optional<Problem> refusal(Order order, Choice choice) {
        return choice instanceof Choice.Fixed fixed
                ? accounts.find(fixed.account()).flatMap(account -> Beforehand.refusal(account, order, fixed))
                : Optional.empty();
    }

    /**
     * Every price for an order that is not to be bought now, from all accounts at once, within {@code dispatch.rateWithin}; kept, to
     * be compared with what it costs later.
     *
     * @param rule whose choice is named beside the best
     */
    public Compared compare(Order order, Choice rule) {
        List<Offer> offers = ask(order).take();
        String id = Ids.next("rat");
        ledger.commitAll(tx -> keepAsked(tx, id, order, offers));
        return compared(id, offers, rule);
    }

    /**
     * The same for one order of many: all are asked about at once, and whoever takes the answer waits for it. What a power cut takes of
     * them is asked again.
     */
    public Supplier<Compared> comparing(Order order, Choice rule) {
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
        return rule instanceof Choice.Compare compare ? best(offers, preference(compare.by())) : Optional.empty();
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

    /**
     * @param quoted the price, or null when none came
     * @param why what each account that was asked says instead; empty where there is a price
     */
    public record Price(@Nullable Quoted quoted, List<Problem> why) {}

    /** The price of an order with the account a choice means. The carrier is asked at once; whoever takes the answer waits for it. */
    public Supplier<Price> price(Order order, Choice choice) {
        if (choice instanceof Choice.Fixed fixed) {
            List<Account> one = accounts.find(fixed.account()).stream().toList();
            Asking.Answers answers = asking.ask(one, Shipments.of(order, 1, "", Shipments.label(order)));
            return () -> fixed(answers.take(), fixed);
        }
        if (choice instanceof Choice.Compare compare) {
            Asking.Answers answers = ask(order);
            return () -> {
                List<Offer> offers = answers.take();
                return price(best(offers, preference(compare.by())), offers);
            };
        }
        return () -> new Price(null, List.of());
    }

    private Price fixed(List<Offer> offers, Choice.Fixed fixed) {
        List<Offer> asked = offers.stream()
                .filter(offer -> offer.isOf(fixed) || offer.isOfAny())
                .toList();
        Optional<Offer> best =
                best(offers.stream().filter(offer -> offer.isOf(fixed)).toList(), Preference.CHEAPEST);
        Price price = price(best.map(offer -> offer.under(fixed.service())), asked);
        return price.quoted() != null || !price.why().isEmpty()
                ? price
                : new Price(null, List.of(Problem.of(DispatchCode.NO_PRICE_OF, "account", fixed.account())));
    }

    private static Price price(Optional<Offer> best, List<Offer> asked) {
        return best.map(offer -> new Price(Quoted.of(offer), List.of()))
                .orElseGet(() -> new Price(null, Unpriced.why(asked)));
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

    Optional<Offer> best(List<Offer> offers, Preference preference) {
        return Offer.best(offers, preference, dayWorth);
    }

    private static Preference preference(String by) {
        return Preference.read(by).orElse(Preference.CHEAPEST);
    }

    /** Asks nobody any more. */
    void close() {
        asking.close();
    }
}
