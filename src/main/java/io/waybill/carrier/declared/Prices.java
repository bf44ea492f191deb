package io.waybill.carrier.declared;

import io.waybill.carrier.Charge;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** The parts of a price by the carrier's codes; where a total is stated, they sum up to it. */
final class Prices {
    /** What of an amount or a currency is told where it is none. */
    private static final int LONGEST = 100;

    private Prices() {}

    static Optional<Money> total(Reply tree) {
        Optional<BigDecimal> total = tree.decimal("total");
        return total.map(amount -> money(amount.toPlainString(), tree.required("currency")));
    }

    /**
     * {@code RMB} is what many write for the yuan.
     *
     * @throws IllegalArgumentException for a currency nobody knows, or none
     */
    static Money money(String amount, String currency) {
        if (currency.isEmpty()) {
            throw new IllegalArgumentException(
                    Shortened.openly(LONGEST, amount) + " has no currency: the reply's mapping is to write one");
        }
        try {
            return new Money(
                    PriceParts.counted(Reply.number(amount)),
                    Currency.getInstance(currency.equals("RMB") ? "CNY" : currency));
        } catch (IllegalArgumentException unknown) {
            String told = Shortened.openly(LONGEST, amount) + " " + Shortened.openly(LONGEST, currency);
            throw new IllegalArgumentException(told + " is no amount of money", unknown);
        }
    }

    /** @throws RuntimeException when an amount has no currency */
    static List<Charge> charges(Reply tree, CodeTable codes) {
        List<Charge> charges = new ArrayList<>();
        for (Reply part : tree.list("charges")) {
            charges.add(charge(part, tree.text("currency"), codes));
        }
        return total(tree).map(total -> within(total, charges)).orElse(charges);
    }

    /**
     * @param currency where the part says none of its own
     * @throws RuntimeException when it has none, or no amount
     */
    static Charge charge(Reply part, String currency, CodeTable codes) {
        String code = part.text("code");
        String text = part.text("text");
        String own = part.text("currency");
        return new Charge(
                code.isEmpty() ? "uncategorized" : codes.word(code),
                money(part.required("amount"), own.isEmpty() ? currency : own),
                code.isEmpty() ? null : code,
                text.isEmpty() ? null : text);
    }

    /** What no part explains is a part of its own. Parts in another currency are left as they are. */
    private static List<Charge> within(Money total, List<Charge> charges) {
        PriceParts parts = new PriceParts(total);
        List<Charge> others = new ArrayList<>();
        for (Charge charge : charges) {
            if (!charge.amount().currency().equals(total.currency())) {
                others.add(charge);
            } else if (charge.type().equals("shipping")) {
                parts.base(charge.type(), charge.amount().amount(), charge.code(), charge.text());
            } else {
                parts.add(charge.type(), charge.amount().amount(), charge.code(), charge.text());
            }
        }
        List<Charge> all = new ArrayList<>(parts.all());
        all.addAll(others);
        return List.copyOf(all);
    }
}
