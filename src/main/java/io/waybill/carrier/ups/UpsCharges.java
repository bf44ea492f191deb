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
                .flatMap(total -> PriceParts.amount(total, "MonetaryValue")
                        .map(amount -> new Money(amount, Currency.getInstance(total.required("CurrencyCode"))))
                        .stream())
                .findFirst();
    }

    private static List<Charge> parts(Money total, Reply charges, List<Reply> ofPackages) {
        PriceParts parts = new PriceParts(total);
        charges.list("BaseServiceCharge").stream()
                .flatMap(base -> PriceParts.amount(base, "MonetaryValue").stream())
                .reduce(BigDecimal::add)
                .ifPresent(base -> parts.base(base, "base service charge"));
        charges.list("ItemizedCharges").forEach(item -> add(parts, item));
        charges.list("TaxCharges").forEach(tax -> parts.add("tax", amount(tax), tax.text("Type"), null));
        PriceParts more = new PriceParts(total);
        ofPackages.forEach(item -> add(more, item));
        if (ofPackages.isEmpty() && charges.list("ItemizedCharges").isEmpty()) {
            PriceParts.amount(charges, "ServiceOptionsCharges", "MonetaryValue")
                    .ifPresent(options -> more.add("additional_fees", options, null, "service options"));
        }
        return parts.addIfRoom(more).all();
    }

    private static void add(PriceParts parts, Reply item) {
        String code = item.text("Code");
        parts.add(
                TYPES.word(code), amount(item), code, (item.text("Description") + " " + item.text("SubType")).strip());
    }

    private static BigDecimal amount(Reply item) {
        return PriceParts.amount(item, "MonetaryValue").orElse(BigDecimal.ZERO);
    }
}
