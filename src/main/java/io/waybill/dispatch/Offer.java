package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Rates.Rate;
import io.waybill.measure.Money;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A price of one account. */
record Offer(Account account, Rate rate) {
    private static final Comparator<Offer> PRICE =
            Comparator.comparing(offer -> offer.total().amount());
    private static final Comparator<Offer> SPEED = Comparator.comparing(offer ->
            offer.rate().days() == null ? Integer.MAX_VALUE : offer.rate().days());

    /** The best that can take the shipment; prices in other currencies than the first are not compared. */
    static Optional<Offer> best(List<Offer> offers, String by) {
        List<Offer> able = offers.stream()
                .filter(offer -> offer.rate().excluded() == null && offer.rate().total() != null)
                .toList();
        return able.stream()
                .filter(offer ->
                        offer.total().currency().equals(able.get(0).total().currency()))
                .min(by.equals("fastest") ? SPEED.thenComparing(PRICE) : PRICE.thenComparing(SPEED));
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
