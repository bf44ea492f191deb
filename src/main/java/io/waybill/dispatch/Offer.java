package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.Services;
import io.waybill.ledger.QuoteBook.Quote;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A price of one account. */
record Offer(Account account, Rate rate) {
    /** Carriers' words have no end; a quote has room for so many. */
    private static final int LONGEST_WHY = 500;

    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final Comparator<Offer> PRICE =
            Comparator.comparing(offer -> offer.total().amount());
    private static final Comparator<Offer> SPEED = Comparator.comparing(offer ->
            offer.rate().days() == null ? Integer.MAX_VALUE : offer.rate().days());

    /**
     * The best that can take the shipment in time; prices in other currencies than the first of those are not compared. The best value is the
     * lowest price after {@code dayWorth} percent of the cheapest price is added for each transit day; a service that states
     * no days is the best value only where none does.
     */
    static Optional<Offer> best(List<Offer> offers, Preference preference, BigDecimal dayWorth) {
        List<Offer> able = comparable(offers.stream()
                .filter(offer -> preference.allows(offer.rate().days()))
                .toList());
        return switch (preference.by()) {
            case CHEAPEST -> able.stream().min(PRICE.thenComparing(SPEED));
            case FASTEST -> able.stream().min(SPEED.thenComparing(PRICE));
            case BEST -> bestValue(able, dayWorth);
        };
    }

    private static Optional<Offer> bestValue(List<Offer> able, BigDecimal dayWorth) {
        List<Offer> timed =
                able.stream().filter(offer -> offer.rate().days() != null).toList();
        List<Offer> asked = timed.isEmpty() ? able : timed;
        return asked.stream().min(PRICE).flatMap(cheapest -> {
            BigDecimal day = cheapest.total().amount().multiply(dayWorth).divide(HUNDRED);
            return asked.stream()
                    .min(Comparator.comparing((Offer offer) -> offer.worth(day))
                            .thenComparing(PRICE)
                            .thenComparing(SPEED));
        });
    }

    /** Whether it is of the service that was chosen, whichever of its names that was chosen by. */
    boolean isOf(Choice.Fixed chosen) {
        Services services = account.carrier().services();
        return services.named(rate.service()).equals(services.named(chosen.service()));
    }

    /** Whether it stands for every service of its account. */
    boolean isOfAny() {
        return rate.service().equals("*");
    }

    /** The same under the name its label will be bought by. */
    Offer under(String service) {
        return new Offer(
                account,
                new Rate(
                        service,
                        rate.charges(),
                        rate.total(),
                        rate.list(),
                        rate.days(),
                        rate.promised(),
                        rate.excluded(),
                        rate.why()));
    }

    /** As it is kept. */
    Quote quote(boolean chosen, @Nullable String by) {
        Money total = rate.total();
        Money list = rate.list();
        return new Quote(
                account.name(),
                account.carrierId(),
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

    private BigDecimal worth(BigDecimal day) {
        int days = rate.days() == null ? 0 : rate.days();
        return total().amount().add(day.multiply(new BigDecimal(days)));
    }

    private static List<Offer> comparable(List<Offer> offers) {
        List<Offer> able = offers.stream()
                .filter(offer -> offer.rate().excluded() == null && offer.rate().total() != null)
                .toList();
        return able.stream()
                .filter(offer ->
                        offer.total().currency().equals(able.get(0).total().currency()))
                .toList();
    }

    /** Only of an offer that has one. */
    private Money total() {
        Money total = rate.total();
        if (total == null) {
            throw new IllegalArgumentException("no total for " + rate.service());
        }
        return total;
    }
}
