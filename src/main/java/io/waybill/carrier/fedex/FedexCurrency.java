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
}
