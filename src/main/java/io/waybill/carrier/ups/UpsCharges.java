package io.waybill.carrier.ups;

import io.waybill.carrier.Charge;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A price in parts that sum up to what UPS states as the total: the base, what is itemized (of the shipment and of its
 * packages), taxes, and the rest as a part of its own. Nothing is made up: without a base, the rest is the transport.
 */
final class UpsCharges {
    private static final CodeTable TYPES = CodeTable.read(UpsCharges.class, "charges.csv", "uncategorized");

    private UpsCharges() {}

    /** What a purchase cost: negotiated where the account has such rates; nothing when UPS states no price that can be read. */
    static List<Charge> ofSale(Reply results, List<Reply> packages) {
        return PriceParts.ofSale(() -> charged(results, packages));
    }

    private static List<Charge> charged(Reply results, List<Reply> packages) {
        Optional<Money> agreed = negotiated(results);
        if (agreed.isPresent()) {
            return parts(agreed.get(), results.at("NegotiatedRateCharges"), negotiated(packages));
        }
        Reply list = results.at("ShipmentCharges");
        return total(list, "TotalCharges")
                .map(sum -> parts(sum, list, packages))
                .orElse(List.of());
    }

    /** What a service of the Rating API would cost; its packages are its own. */
    static List<Charge> ofRate(Reply rated, Money total) {
        List<Reply> packages = rated.list("RatedPackage");
        return negotiated(rated).isPresent()
                ? parts(total, rated.at("NegotiatedRateCharges"), negotiated(packages))
                : parts(total, rated, packages);
    }

    private static List<Reply> negotiated(List<Reply> packages) {
        return packages.stream().map(one -> one.at("NegotiatedCharges")).toList();
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
                .flatMap(total -> PriceParts.amount(total, "MonetaryValue")
                        .map(amount -> new Money(amount, Currency.getInstance(total.required("CurrencyCode"))))
                        .stream())
                .findFirst();
    }

    /** @param packages what each of them costs beside, by the same prices */
    private static List<Charge> parts(Money total, Reply charges, List<Reply> packages) {
        PriceParts parts = new PriceParts(total);
        charges.list("BaseServiceCharge").stream()
                .flatMap(base -> amount(base, total).stream())
                .reduce(BigDecimal::add)
                .ifPresent(base -> parts.base(base, "base service charge"));
        charges.list("ItemizedCharges").forEach(item -> add(parts, item, total));
        charges.list("TaxCharges")
                .forEach(tax -> amount(tax, total).ifPresent(sum -> parts.add("tax", sum, tax.text("Type"), null)));
        PriceParts more = new PriceParts(total);
        List<Reply> ofPackages = all(packages, "ItemizedCharges");
        ofPackages.forEach(item -> add(more, item, total));
        if (ofPackages.isEmpty() && charges.list("ItemizedCharges").isEmpty()) {
            amount(charges.at("ServiceOptionsCharges"), total)
                    .ifPresent(options -> more.add("additional_fees", options, null, "service options"));
        }
        return parts.addIfNearer(modifiers(total, charges, packages), more)
                .addIfRoom(more)
                .all();
    }

    private static List<Reply> all(List<Reply> packages, String field) {
        return packages.stream().flatMap(one -> one.list(field).stream()).toList();
    }

    /** What a contract takes off the rate, or adds to it, by where a parcel comes from or goes; the base may be told with it. */
    private static PriceParts modifiers(Money total, Reply charges, List<Reply> packages) {
        PriceParts modifiers = new PriceParts(total);
        List<Reply> own = charges.list("RateModifier");
        for (Reply one : own.isEmpty() ? all(packages, "RateModifier") : own) {
            BigDecimal amount = PriceParts.amount(one, "Amount").orElse(BigDecimal.ZERO);
            String type = amount.signum() < 0 ? "discount" : "additional_fees";
            modifiers.add(type, amount, one.text("ModifierType"), one.text("ModifierDesc"));
        }
        return modifiers;
    }

    private static void add(PriceParts parts, Reply item, Money total) {
        String code = item.text("Code");
        parts.add(
                TYPES.word(code),
                amount(item, total).orElse(BigDecimal.ZERO),
                code,
                (item.text("Description") + " " + item.text("SubType")).strip());
    }

    /** One in another currency is no part of the total: what it stands for is in the rest. */
    private static Optional<BigDecimal> amount(Reply item, Money total) {
        String currency = item.text("CurrencyCode");
        return currency.isEmpty() || currency.equals(total.currency().getCurrencyCode())
                ? PriceParts.amount(item, "MonetaryValue")
                : Optional.empty();
    }
}
