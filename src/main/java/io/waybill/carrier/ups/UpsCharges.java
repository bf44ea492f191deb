package io.waybill.carrier.ups;

import io.waybill.carrier.Charge;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A price in parts that sum up to what UPS states as the total: the base, what is itemized (of the shipment and of its
 * packages), taxes, and the rest as a part of its own. Nothing is made up: without a base, the rest is the transport.
 */
final class UpsCharges {
    private static final CodeTable TYPES = CodeTable.read(UpsCharges.class, "charges.csv", "uncategorized");

    private UpsCharges() {}

    /** What a purchase cost: negotiated where the account has such rates; nothing when UPS states no price. */
    static List<Charge> ofSale(Reply results, List<Reply> packages) {
        Reply negotiated = results.at("NegotiatedRateCharges");
        Optional<Money> agreed = negotiated(results);
        if (agreed.isPresent()) {
            List<Reply> items = packages.stream()
                    .flatMap(one -> one.list("NegotiatedCharges", "ItemizedCharges").stream())
                    .toList();
            return parts(agreed.get(), negotiated, items);
        }
        Reply list = results.at("ShipmentCharges");
        List<Reply> items = packages.stream()
                .flatMap(one -> one.list("ItemizedCharges").stream())
                .toList();
        return total(list, "TotalCharges").map(sum -> parts(sum, list, items)).orElse(List.of());
    }

    /** What a service of the Rating API would cost; its packages are its own. */
    static List<Charge> ofRate(Reply rated, Money total) {
        boolean agreed = negotiated(rated).isPresent();
        List<Reply> items = rated.list("RatedPackage").stream()
                .flatMap(
                        one -> (agreed ? one.list("NegotiatedCharges", "ItemizedCharges") : one.list("ItemizedCharges"))
                                .stream())
                .toList();
        return parts(total, agreed ? rated.at("NegotiatedRateCharges") : rated, items);
    }

    static Optional<Money> negotiated(Reply results) {
        return total(results.at("NegotiatedRateCharges"), "TotalCharge");
    }

    static Optional<Money> list(Reply charges) {
        return total(charges, "TotalCharges");
    }

    /** With taxes where they are stated. */
    private static Optional<Money> total(Reply charges, String field) {
        return Stream.of(charges.at("TotalChargesWithTaxes"), charges.at(field))
                .filter(total -> !total.text("MonetaryValue").isEmpty())
                .map(total -> total.money("MonetaryValue", "CurrencyCode"))
                .findFirst();
    }

    private static List<Charge> parts(Money total, Reply charges, List<Reply> ofPackages) {
        List<Charge> parts = new ArrayList<>();
        charges.decimal("BaseServiceCharge", "MonetaryValue")
                .ifPresent(base -> add(parts, "shipping", base, total.currency(), "BASE", "base service charge"));
        boolean hasBase = !parts.isEmpty();
        charges.list("ItemizedCharges").forEach(item -> add(parts, item, total.currency()));
        charges.list("TaxCharges")
                .forEach(tax -> add(
                        parts,
                        "tax",
                        tax.decimal("MonetaryValue").orElse(BigDecimal.ZERO),
                        total.currency(),
                        tax.text("Type"),
                        null));
        List<Charge> more = new ArrayList<>();
        ofPackages.forEach(item -> add(more, item, total.currency()));
        if (sum(parts).add(sum(more)).compareTo(total.amount()) <= 0) {
            parts.addAll(more); // else they are what the shipment's own items sum up
        }
        BigDecimal rest = total.amount().subtract(sum(parts));
        if (hasBase) {
            add(parts, "uncategorized", rest, total.currency(), null, "not itemised");
        } else {
            add(parts, "shipping", rest, total.currency(), null, "transportation");
        }
        return parts;
    }

    private static void add(List<Charge> parts, Reply item, Currency currency) {
        String code = item.text("Code");
        String text = (item.text("Description") + " " + item.text("SubType")).strip();
        add(
                parts,
                TYPES.word(code),
                item.decimal("MonetaryValue").orElse(BigDecimal.ZERO),
                currency,
                code.isEmpty() ? null : code,
                text.isEmpty() ? null : text);
    }

    private static void add(
            List<Charge> parts,
            String type,
            BigDecimal amount,
            Currency currency,
            @Nullable String code,
            @Nullable String text) {
        if (amount.signum() != 0) {
            parts.add(new Charge(type, new Money(amount, currency), code, text));
        }
    }

    private static BigDecimal sum(List<Charge> parts) {
        return parts.stream().map(part -> part.amount().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
