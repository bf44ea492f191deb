package io.waybill.carrier;

import io.waybill.carrier.RateSheet.Fuel;
import io.waybill.carrier.Rates.Rate;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The price of one service, put together: base, discount, surcharges, then fuel on the base and on the surcharges that carry it. */
record SheetPrice(
        Currency currency,
        List<PricedParcel> parcels,
        @Nullable Fuel fuel,
        List<Added> added) {
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    /**
     * A parcel with its price.
     *
     * @param agreed after the account's discount
     */
    record PricedParcel(SheetParcel parcel, BigDecimal base, BigDecimal agreed) {}

    /**
     * A surcharge that applies.
     *
     * @param parcels it is charged for
     */
    record Added(SheetSurcharge surcharge, List<PricedParcel> parcels) {
        int times() {
            return surcharge.perParcel() ? parcels.size() : 1;
        }
    }

    Rate rate(SheetService service, @Nullable LocalDate promised) {
        BigDecimal base = sum(parcels, PricedParcel::base);
        BigDecimal agreed = sum(parcels, PricedParcel::agreed);
        List<Charge> charges = new ArrayList<>();
        charges.add(new Charge("shipping", money(base), "BASE", service.code()));
        if (agreed.compareTo(base) < 0) {
            charges.add(new Charge("discount", money(agreed).plus(negated(money(base))), "DISCOUNT", null));
        }
        added.forEach(one -> charges.add(new Charge(
                one.surcharge().type(),
                extra(one, PricedParcel::agreed),
                one.surcharge().code(),
                text(one))));
        if (fuel != null) {
            charges.add(new Charge("fuel_charge", fuelOn(PricedParcel::agreed, fuel), "FUEL", text(fuel)));
        }
        Money total = charges.stream().map(Charge::amount).reduce(money(BigDecimal.ZERO), Money::plus);
        return new Rate(service.code(), charges, total, list(), service.days(), promised, null, null);
    }

    private Money list() {
        Money sum = money(sum(parcels, PricedParcel::base));
        for (Added one : added) {
            sum = sum.plus(extra(one, PricedParcel::base));
        }
        return fuel == null ? sum : sum.plus(fuelOn(PricedParcel::base, fuel));
    }

    private Money extra(Added one, Function<PricedParcel, BigDecimal> price) {
        BigDecimal on = sum(one.surcharge().perParcel() ? one.parcels() : parcels, price);
        return money(one.surcharge().of(on, one.times(), currency.getDefaultFractionDigits()));
    }

    private Money fuelOn(Function<PricedParcel, BigDecimal> price, Fuel week) {
        BigDecimal carrying = sum(parcels, price);
        for (Added one : added) {
            carrying =
                    one.surcharge().fuelled() ? carrying.add(extra(one, price).amount()) : carrying;
        }
        return money(carrying.multiply(week.percent()).divide(HUNDRED));
    }

    private static String text(Fuel week) {
        String percent = week.percent().stripTrailingZeros().toPlainString() + " %";
        return week.validity().from() == null
                ? percent
                : percent + ", " + week.validity().from();
    }

    private static String text(Added one) {
        String text = one.surcharge().text().isEmpty()
                ? one.surcharge().code()
                : one.surcharge().text();
        return one.times() == 1 ? text : one.times() + " × " + text;
    }

    private static BigDecimal sum(List<PricedParcel> parcels, Function<PricedParcel, BigDecimal> price) {
        return parcels.stream().map(price).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Money negated(Money money) {
        return new Money(money.amount().negate(), money.currency());
    }

    private Money money(BigDecimal amount) {
        return RateSheet.money(amount, currency);
    }
}
