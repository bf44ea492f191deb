package io.waybill.carrier.fedex;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A price in parts that sum up to the net charge FedEx states: base, discounts, surcharges, taxes, and the rest as a part of
 * its own. Nothing is made up: without a base, the rest is the transport.
 */
final class FedexCharges {
    private static final Logger LOG = LoggerFactory.getLogger(FedexCharges.class);
    private static final CodeTable TYPES = CodeTable.read(FedexCharges.class, "charges.csv", "uncategorized");

    private FedexCharges() {}

    /** What a purchase cost: of the shipment, else of its packages; nothing when FedEx states no price that can be read. */
    static List<Charge> ofSale(Reply shipment) {
        try {
            Reply detail = shipment.at("completedShipmentDetail");
            Optional<Reply> whole = actual(detail.at("shipmentRating"), "shipmentRateDetails");
            if (whole.isPresent()) {
                return parts(whole.get());
            }
            return detail.list("completedPackageDetails").stream()
                    .flatMap(one -> actual(one.at("packageRating"), "packageRateDetails").stream())
                    .flatMap(rate -> parts(rate).stream())
                    .toList();
        } catch (RuntimeException unreadable) {
            LOG.warn("the price of a shipment that was sold cannot be read: {}", unreadable.toString());
            return List.of();
        }
    }

    /** The one FedEx says it charges; else one of the account's; else the first. */
    private static Optional<Reply> actual(Reply rating, String field) {
        String actual = rating.text("actualRateType");
        List<Reply> details = rating.list(field);
        return details.stream()
                .filter(one -> one.text("rateType").equals(actual))
                .findFirst()
                .or(() -> details.stream()
                        .filter(one -> one.text("rateType").contains("ACCOUNT"))
                        .findFirst())
                .or(() -> details.stream().findFirst());
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
        Optional<Money> stated = total(rate);
        if (stated.isEmpty()) {
            return List.of();
        }
        Money total = stated.get();
        List<Charge> parts = new ArrayList<>();
        amount(rate, "totalBaseCharge")
                .or(() -> amount(rate, "baseCharge"))
                .ifPresent(base -> add(parts, "shipping", base, total.currency(), "BASE", "base charge"));
        boolean hasBase = !parts.isEmpty();
        discounts(parts, rate, total.currency());
        surcharges(rate).forEach(one -> add(parts, one, total.currency()));
        taxes(parts, rate, total);
        BigDecimal rest = total.amount().subtract(sum(parts));
        if (hasBase) {
            add(parts, "uncategorized", rest, total.currency(), null, "not itemised");
        } else {
            add(parts, "shipping", rest, total.currency(), null, "transportation");
        }
        return parts;
    }

    /** One by one where they are listed, else their sum. */
    private static void discounts(List<Charge> parts, Reply rate, Currency currency) {
        List<Reply> listed = list(rate, "freightDiscounts", "freightDiscount");
        listed.forEach(one -> amount(one, "amount")
                .ifPresent(sum -> add(
                        parts, "discount", sum.abs().negate(), currency, code(one, "rateDiscountType"), text(one))));
        if (listed.isEmpty()) {
            amount(rate, "totalFreightDiscounts")
                    .or(() -> amount(rate.at("shipmentRateDetail"), "totalFreightDiscount"))
                    .ifPresent(sum -> add(parts, "discount", sum.abs().negate(), currency, null, "discounts"));
        }
    }

    /** One by one where they are listed, else their sum as far as the total has room for it: not every API counts it in. */
    private static void taxes(List<Charge> parts, Reply rate, Money total) {
        List<Reply> listed = list(rate, "taxes");
        listed.forEach(tax -> {
            BigDecimal sum = amount(tax, "amount").orElse(BigDecimal.ZERO);
            add(parts, "tax", sum, total.currency(), code(tax, "taxType"), text(tax));
        });
        if (listed.isEmpty()) {
            BigDecimal room = total.amount().subtract(sum(parts));
            amount(rate, "totalTaxes")
                    .or(() -> amount(rate, "totalVatCharge"))
                    .filter(sum -> sum.compareTo(room) <= 0)
                    .ifPresent(sum -> add(parts, "tax", sum, total.currency(), null, "taxes"));
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

    private static List<Reply> list(Reply rate, String... names) {
        return Stream.of(rate, rate.at("shipmentRateDetail"))
                .flatMap(where -> Stream.of(names).map(where::list))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static void add(List<Charge> parts, Reply item, Currency currency) {
        String code = code(item, "surchargeType");
        BigDecimal sum = amount(item, "amount").orElse(BigDecimal.ZERO);
        add(parts, code == null ? "uncategorized" : TYPES.word(code), sum, currency, code, text(item));
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

    /** A number, or an object of amount and currency; what is no number is absent. */
    static Optional<BigDecimal> amount(Reply json, String field) {
        try {
            return json.at(field).json().isContainerNode() ? json.decimal(field, "amount") : json.decimal(field);
        } catch (NumberFormatException words) {
            return Optional.empty();
        }
    }

    private static @Nullable String code(Reply item, String field) {
        String code = item.text(field).isEmpty() ? item.text("type") : item.text(field);
        return code.isEmpty() ? null : code;
    }

    private static @Nullable String text(Reply item) {
        String text = item.text("description").isEmpty() ? item.text("name") : item.text("description");
        return text.isEmpty() ? null : text;
    }

    private static BigDecimal sum(List<Charge> parts) {
        return parts.stream().map(part -> part.amount().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
