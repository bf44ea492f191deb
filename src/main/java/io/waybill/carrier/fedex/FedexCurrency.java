package io.waybill.carrier.fedex;

import io.waybill.carrier.CodeTable;
import java.util.Currency;

/** FedEx has letters of its own for some currencies, and uses ISO 4217 beside them: {@code UKL} is {@code GBP}. */
final class FedexCurrency {
    private static final CodeTable OWN = CodeTable.read(FedexCurrency.class, "currencies.csv", "");

    private FedexCurrency() {}

    /** @throws IllegalArgumentException for letters nobody knows */
    static Currency of(String code) {
        return Currency.getInstance(OWN.codes().contains(code) ? OWN.word(code) : code);
    }

    /** Whether these letters mean this one; none mean any. */
    static boolean is(Currency currency, String code) {
        return code.isEmpty() || currency.getCurrencyCode().equals(OWN.codes().contains(code) ? OWN.word(code) : code);
    }
}
