package io.waybill.carrier.fedex;

import io.waybill.carrier.Charge;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A price in parts that sum up to the net charge FedEx states: base, discounts, surcharges, taxes, and the rest as a part of
 * its own. Nothing is made up: without a base, the rest is the transport.
 */
final class FedexCharges {
    private static final CodeTable TYPES = CodeTable.read(FedexCharges.class, "charges.csv", "uncategorized");

    private FedexCharges() {}

    /**
     * What a purchase cost: of the shipment, else of its packages, else the sum of what its pieces cost; nothing when FedEx
     * states no price that can be read.
     *
     * @param account the currency of what a piece costs where FedEx names none
     */
    static List<Charge> ofSale(Reply shipment, Optional<Currency> account) {
        Reply detail = shipment.at("completedShipmentDetail");
        return Stream.<Supplier<List<Charge>>>of(
                        () -> ofWhole(detail), () -> ofPackages(shipment), () -> ofPieces(shipment, account))
                .map(PriceParts::ofSale)
                .filter(charges -> !charges.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Charge> ofWhole(Reply detail) {
        return actual(detail.at("shipmentRating"), "shipmentRateDetails")
                .map(FedexCharges::parts)
                .orElse(List.of());
    }

    /** Nothing where one piece has no price: the others' is not the shipment's. */
    private static List<Charge> ofPieces(Reply shipment, Optional<Currency> account) {
        List<Reply> pieces = shipment.list("pieceResponses");
        List<BigDecimal> prices = pieces.stream()
                .flatMap(piece -> amount(piece, "netChargeAmount").stream())
                .toList();
        Optional<BigDecimal> sum = prices.size() < pieces.size()
                ? Optional.empty()
                : prices.stream().reduce(BigDecimal::add);
        Optional<Currency> currency = pieces.stream()
                .flatMap(piece -> Stream.of(piece.text("currency"), piece.text("netChargeAmount", "currency")))
                .filter(code -> !code.isEmpty())
                .findFirst()
                .map(FedexCurrency::of)
                .or(() -> account);
        return sum.isEmpty() || currency.isEmpty()
                ? List.of()
                : new PriceParts(new Money(sum.get(), currency.get())).all();
    }

    /** Nothing where one of them has no price. */
    private static List<Charge> ofPackages(Reply shipment) {
        List<List<Charge>> packages = shipment.list("completedShipmentDetail", "completedPackageDetails").stream()
                .map(one -> actual(one.at("packageRating"), "packageRateDetails")
                        .map(FedexCharges::parts)
                        .orElse(List.of()))
                .toList();
        boolean isWhole = packages.stream().noneMatch(List::isEmpty)
                && packages.size() >= shipment.list("pieceResponses").size();
        return isWhole ? packages.stream().flatMap(List::stream).toList() : List.of();
    }

    /** The one FedEx says it charges; else one of the account's; else the first, unless it charges the account's. */
    private static Optional<Reply> actual(Reply rating, String field) {
        String actual = rating.text("actualRateType");
        List<Reply> details = rating.list(field);
        return details.stream()
                .filter(one -> one.text("rateType").equals(actual))
                .findFirst()
                .or(() -> details.stream()
                        .filter(one -> one.text("rateType").contains("ACCOUNT"))
                        .findFirst())
                .or(() -> actual.contains("ACCOUNT")
                        ? Optional.empty()
                        : details.stream().findFirst());
    }

    /** What is stated as the net charge; empty when there is none. */
    static Optional<Money> total(Reply rate) {
        return amount(rate, "totalNetCharge")
                .or(() -> amount(rate, "netCharge"))
                .or(() -> amount(rate, "totalNetFedExCharge"))
                .map(sum -> new Money(sum, FedexCurrency.of(currency(rate))));
    }

    private static String currency(Reply rate) {
        return Stream.of(
                        rate.text("currency"),
                        rate.text("shipmentRateDetail", "currency"),
                        rate.text("totalNetCharge", "currency"))
                .filter(code -> !code.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it has no currency"));
    }

    /** Of a rate of any of the APIs, which name the same things differently. */
    static List<Charge> parts(Reply rate) {
        return total(rate).map(total -> parts(rate, total)).orElse(List.of());
    }

    private static List<Charge> parts(Reply rate, Money total) {
        PriceParts parts = new PriceParts(total);
        amount(rate, "totalBaseCharge")
                .or(() -> amount(rate, "baseCharge"))
                .ifPresent(base -> parts.base(base, "base charge"));
        discounts(parts, rate);
        surcharges(rate).forEach(one -> surcharge(parts, one));
        taxes(parts, rate);
        return parts.all();
    }

    /** One by one where they are listed, else their sum. */
    private static void discounts(PriceParts parts, Reply rate) {
        List<Reply> listed = list(rate, "freightDiscounts", "freightDiscount");
        listed.forEach(one -> amount(one, "amount")
                .ifPresent(sum -> parts.add("discount", sum.abs().negate(), code(one, "rateDiscountType"), text(one))));
        if (listed.isEmpty()) {
            amount(rate, "totalFreightDiscounts")
                    .or(() -> amount(rate.at("shipmentRateDetail"), "totalFreightDiscount"))
                    .ifPresent(sum -> parts.add("discount", sum.abs().negate(), null, "discounts"));
        }
    }

    /** One by one where they are listed, else their sum as far as the total has room for it: not every API counts it in. */
    private static void taxes(PriceParts parts, Reply rate) {
        List<Reply> listed = list(rate, "taxes");
        listed.forEach(tax ->
                parts.add("tax", amount(tax, "amount").orElse(BigDecimal.ZERO), code(tax, "taxType"), text(tax)));
        if (listed.isEmpty()) {
            amount(rate, "totalTaxes")
                    .or(() -> amount(rate, "totalVatCharge"))
                    .filter(sum -> sum.compareTo(parts.room()) <= 0)
                    .ifPresent(sum -> parts.add("tax", sum, null, "taxes"));
        }
    }

    /** The shipment's list holds those of its packages; theirs counts where it has none. */
    private static List<Reply> surcharges(Reply rate) {
        List<Reply> own = list(rate, "surcharges", "surCharges");
        return own.isEmpty()
                ? rate.list("ratedPackages").stream()
                        .flatMap(one -> one.list("packageRateDetail", "surcharges").stream())
                        .toList()
                : own;
    }

    static boolean hasSurcharge(Reply rate, String type) {
        return surcharges(rate).stream()
                .anyMatch(one -> code(one, "surchargeType").equals(type));
    }

    private static List<Reply> list(Reply rate, String... names) {
        return Stream.of(rate, rate.at("shipmentRateDetail"))
                .flatMap(where -> Stream.of(names).map(where::list))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static void surcharge(PriceParts parts, Reply item) {
        String code = code(item, "surchargeType");
        BigDecimal sum = amount(item, "amount").orElse(BigDecimal.ZERO);
        parts.add(code.isEmpty() ? "uncategorized" : TYPES.word(code), sum, code, text(item));
    }

    /** A number, or an object of amount and currency; what is no number is absent. */
    static Optional<BigDecimal> amount(Reply json, String field) {
        return json.at(field).json().isContainerNode()
                ? PriceParts.amount(json, field, "amount")
                : PriceParts.amount(json, field);
    }

    private static String code(Reply item, String field) {
        return item.text(field).isEmpty() ? item.text("type") : item.text(field);
    }

    private static String text(Reply item) {
        return item.text("description").isEmpty() ? item.text("name") : item.text("description");
    }
}
