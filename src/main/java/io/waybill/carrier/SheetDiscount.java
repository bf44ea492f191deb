package io.waybill.carrier;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * What an account has agreed to pay less of a sheet's prices.
 *
 * @param service it holds for; empty for all
 * @param zone it holds for; empty for all
 * @param least what a parcel costs at least after it
 */
record SheetDiscount(String service, String zone, BigDecimal percent, BigDecimal least, Validity validity) {
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    /** The one that counts: its own service before its own zone before the newest. */
    static Optional<SheetDiscount> of(List<SheetDiscount> discounts, String service, String zone, LocalDate day) {
        return discounts.stream()
                .filter(one -> one.validity.on(day))
                .filter(one -> one.service.isEmpty() || one.service.equals(service))
                .filter(one -> one.zone.isEmpty() || one.zone.equals(zone))
                .max(Comparator.comparing((SheetDiscount one) -> one.service.isEmpty() ? 0 : 1)
                        .thenComparing(one -> one.zone.isEmpty() ? 0 : 1)
                        .thenComparing(one -> one.validity.begin()));
    }

    /** What is left of the price of one parcel; rounded for each, as it is billed. */
    BigDecimal off(BigDecimal price, Currency currency) {
        BigDecimal less = RateSheet.money(price.multiply(percent).divide(HUNDRED), currency)
                .amount();
        return price.subtract(less).max(price.min(least));
    }
}
