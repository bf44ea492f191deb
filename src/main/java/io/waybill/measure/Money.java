package io.waybill.measure;

import java.math.BigDecimal;
import java.util.Currency;

/** An amount in an ISO 4217 currency. Signed: owed is positive, credit is negative. Currencies are never mixed. */
public record Money(BigDecimal amount, Currency currency) {

    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currency));
    }

    /** @throws IllegalArgumentException when the currencies differ */
    public Money plus(Money other) {
        if (!other.currency.equals(currency)) {
            throw new IllegalArgumentException("cannot add " + other + " to " + this + ": currencies differ");
        }
        return new Money(amount.add(other.amount), currency);
    }

    /** {@code 9.42 USD}. */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.getCurrencyCode();
    }
}
