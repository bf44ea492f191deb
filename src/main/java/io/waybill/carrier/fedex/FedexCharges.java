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

    /** Nothing where one piece has no price, or one in another currency: the others' is not the shipment's. */
    private static List<Charge> ofPieces(Reply shipment, Optional<Currency> account) {
        List<Reply> pieces = shipment.list("pieceResponses");
        List<BigDecimal> prices = pieces.stream()
                .flatMap(piece -> amount(piece, "netChargeAmount").stream())
                .toList();
        Optional<BigDecimal> sum = prices.size() < pieces.size()
                ? Optional.empty()
                : prices.stream().reduce(BigDecimal::add);
        List<Currency> told = pieces.stream()
                .flatMap(piece -> Stream.of(piece.text("netChargeAmount", "currency"), piece.text("currency"))
                        .filter(code -> !code.isEmpty())
                        .limit(1))
                .map(FedexCurrency::of)
                .distinct()
                .toList();
        Optional<Currency> currency = told.isEmpty() ? account : Optional.of(told.get(0));
        return sum.isEmpty() || currency.isEmpty() || told.size() > 1
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
        new Stated(rate).in(total, "totalBaseCharge", "baseCharge").ifPresent(base -> parts.base(base, "base charge"));
        discounts(parts, rate, total);
        surcharges(rate).forEach(one -> surcharge(parts, one, total));
        taxes(parts, rate, total);
        return parts.all();
    }

    /** One by one where they are listed, else their sum. */
    private static void discounts(PriceParts parts, Reply rate, Money total) {
        List<Stated> listed = list(rate, "freightDiscounts", "freightDiscount");
        listed.forEach(one -> one.in(total, "amount")
                .ifPresent(sum -> parts.add("discount", sum.abs().negate(), one.code("rateDiscountType"), one.text())));
        if (listed.isEmpty()) {
            Stream.of(
                            new Stated(rate).in(total, "totalFreightDiscounts"),
                            new Stated(rate.at("shipmentRateDetail")).in(total, "totalFreightDiscount"),
                            new Stated(rate).in(total, "totalDiscounts"))
                    .flatMap(Optional::stream)
                    .filter(sum -> sum.signum() != 0)
                    .findFirst()
                    .ifPresent(sum -> parts.add("discount", sum.abs().negate(), null, "discounts"));
        }
    }

    /** One by one where they are listed, else their sum as far as the total has room for it: not every API counts it in. */
    private static void taxes(PriceParts parts, Reply rate, Money total) {
        List<Stated> listed = list(rate, "taxes");
        listed.forEach(tax ->
                parts.add("tax", tax.in(total, "amount").orElse(BigDecimal.ZERO), tax.code("taxType"), tax.text()));
        if (listed.isEmpty()) {
            new Stated(rate)
                    .in(total, "totalTaxes", "totalVatCharge")
                    .filter(sum -> sum.compareTo(parts.room()) <= 0)
                    .ifPresent(sum -> parts.add("tax", sum, null, "taxes"));
        }
    }

    /** The shipment's list holds those of its packages; theirs counts where it has none. */
    private static List<Stated> surcharges(Reply rate) {
        List<Stated> own = list(rate, "surcharges", "surCharges");
        return own.isEmpty()
                ? rate.list("ratedPackages").stream()
                        .map(one -> one.at("packageRateDetail"))
                        .flatMap(one -> Stated.of(one.list("surcharges"), one))
                        .toList()
                : own;
    }

    static boolean hasSurcharge(Reply rate, String type) {
        return surcharges(rate).stream()
                .anyMatch(one -> one.code("surchargeType").equals(type));
    }

    private static List<Stated> list(Reply rate, String... names) {
        return Stream.of(rate, rate.at("shipmentRateDetail"))
                .flatMap(where -> Stream.of(names)
                        .map(name -> Stated.of(where.list(name), where).toList()))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static void surcharge(PriceParts parts, Stated item, Money total) {
        String code = item.code("surchargeType");
        BigDecimal sum = item.in(total, "amount").orElse(BigDecimal.ZERO);
        parts.add(code.isEmpty() ? "uncategorized" : TYPES.word(code), sum, code, item.text());
    }

    /**
     * What stands somewhere in a rate.
     *
     * @param around the currency of what it stands in, or empty
     */
    private record Stated(Reply json, String around) {
        Stated(Reply json) {
            this(json, "");
        }

        static Stream<Stated> of(List<Reply> listed, Reply where) {
            return listed.stream().map(one -> new Stated(one, where.text("currency")));
        }

        /** The first of these amounts that is there; nothing in another currency than the total's: it is in the rest then. */
        Optional<BigDecimal> in(Money total, String... fields) {
            return Stream.of(fields)
                    .filter(field -> amount(json, field).isPresent())
                    .findFirst()
                    .filter(field -> FedexCurrency.is(total.currency(), currency(field)))
                    .flatMap(field -> amount(json, field));
        }

        private String currency(String field) {
            return Stream.of(json.text(field, "currency"), json.text("currency"), around)
                    .filter(code -> !code.isEmpty())
                    .findFirst()
                    .orElse("");
        }

        String code(String field) {
            return json.text(field).isEmpty() ? json.text("type") : json.text(field);
        }

        String text() {
            return json.text("description").isEmpty() ? json.text("name") : json.text("description");
        }
    }

    /** A number, or an object of amount and currency; what is no number is absent. */
    static Optional<BigDecimal> amount(Reply json, String field) {
        return json.at(field).json().isContainerNode()
                ? PriceParts.amount(json, field, "amount")
                : PriceParts.amount(json, field);
    }
}
