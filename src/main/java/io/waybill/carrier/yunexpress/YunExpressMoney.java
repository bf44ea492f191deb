package io.waybill.carrier.yunexpress;

import static io.waybill.carrier.yunexpress.YunExpressAnswer.at;
import static io.waybill.carrier.yunexpress.YunExpressAnswer.text;

import io.waybill.carrier.CodeTable;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/** Amounts and what they are for. YunExpress writes RMB for what ISO 4217 calls CNY. */
final class YunExpressMoney {
    private static final CodeTable TYPES = CodeTable.read(YunExpressMoney.class, "charges.csv", "uncategorized");

    private YunExpressMoney() {}

    /** @throws IllegalArgumentException for a currency nobody knows, and for words in place of an amount */
    static Optional<Money> of(Reply json, String amount, String currency) {
        return of(json, amount, currency, "");
    }

    /** @param around the currency where none is told beside the amount, or empty */
    static Optional<Money> of(Reply json, String amount, String currency, String around) {
        String sum = text(json, amount);
        String told = text(json, currency);
        String code = (told.isEmpty() ? around : told).toUpperCase(Locale.ROOT);
        return sum.isEmpty() || code.isEmpty()
                ? Optional.empty()
                : Optional.of(new Money(
                        PriceParts.amount(at(json, amount))
                                .orElseThrow(() -> new IllegalArgumentException(sum + " is no amount")),
                        Currency.getInstance(code.equals("RMB") ? "CNY" : code)));
    }

    /** @param fee by its name or code, which is kept */
    static void add(PriceParts parts, BigDecimal amount, String fee) {
        parts.add(fee.isEmpty() ? "uncategorized" : TYPES.word(fee), amount, fee, null);
    }
}
