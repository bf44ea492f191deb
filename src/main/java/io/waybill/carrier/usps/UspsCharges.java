package io.waybill.carrier.usps;

import io.waybill.carrier.Charge;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Prices in parts, always in US dollars: postage, extra services, fees. */
final class UspsCharges {
    private static final Currency DOLLARS = Currency.getInstance("USD");
    private static final CodeTable TYPES = CodeTable.read(UspsCharges.class, "charges.csv", "uncategorized");

    private UspsCharges() {}

    /** USPS states no total of a label: it is the sum of what it states. Nothing when it states no postage; what has no price is {@link #unpriced}. */
    static List<Charge> ofSale(Reply metadata) {
        Optional<BigDecimal> stated = PriceParts.amount(metadata, "postage");
        List<Reply> extras = metadata.list("extraServices");
        List<Reply> fees = metadata.list("fees");
        if (stated.isEmpty()) {
            return List.of();
        }
        BigDecimal postage = stated.get();
        BigDecimal total = postage.add(sum(extras)).add(sum(fees));
        PriceParts parts = new PriceParts(new Money(total, DOLLARS)).base(postage, "postage");
        extras.forEach(extra -> add(parts, extra));
        fees.forEach(fee -> add(parts, fee));
        return parts.all();
    }

    /** For a person: each part of a label that USPS names and states no price of. */
    static Stream<String> unpriced(Reply metadata) {
        return Stream.concat(metadata.list("extraServices").stream(), metadata.list("fees").stream())
                .filter(part -> PriceParts.amount(part, "price").isEmpty())
                .map(UspsCharges::name)
                .filter(name -> !name.isEmpty())
                .map(name -> "no price is told of " + name);
    }

    static Money dollars(BigDecimal amount) {
        return new Money(amount, DOLLARS);
    }

    /**
     * What a rate option comes to; only the extra services that this class is bought with are part of it. USPS's own total
     * may hold those of another class, so it counts only where there is no total without them.
     */
    static BigDecimal total(Reply option, Predicate<String> asked) {
        BigDecimal extras = sum(extras(option, asked));
        return PriceParts.amount(option, "totalBasePrice")
                .map(extras::add)
                .or(() -> PriceParts.amount(option, "totalPrice"))
                .orElseGet(() -> base(option).add(fees(option)).add(extras));
    }

    /** The parts of a rate option. */
    static List<Charge> ofRate(Reply option, Money total, Predicate<String> asked) {
        PriceParts parts = new PriceParts(total).base(base(option), "postage");
        option.list("rates").forEach(rate -> rate.list("fees").forEach(fee -> add(parts, fee)));
        PriceParts more = new PriceParts(total);
        extras(option, asked).forEach(extra -> add(more, extra));
        return parts.addIfRoom(more).all();
    }

    private static BigDecimal base(Reply option) {
        return sum(option.list("rates"));
    }

    private static BigDecimal fees(Reply option) {
        return option.list("rates").stream()
                .map(rate -> sum(rate.list("fees")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<Reply> extras(Reply option, Predicate<String> asked) {
        return option.list("extraServices").stream()
                .filter(extra -> asked.test(extra.text("extraService")))
                .toList();
    }

    private static void add(PriceParts parts, Reply item) {
        String sku = item.text("SKU");
        parts.add(type(item), price(item), sku.isEmpty() ? code(item) : sku, name(item));
    }

    /** By its code where it has one, else by its name. */
    private static String type(Reply item) {
        if (TYPES.codes().contains(code(item))) {
            return TYPES.word(code(item));
        }
        return TYPES.wordWithin(name(item))
                .orElseGet(() -> price(item).signum() == 0 ? "uncategorized" : TYPES.word(name(item)));
    }

    private static String code(Reply item) {
        return item.text("extraService").isEmpty() ? item.text("serviceID") : item.text("extraService");
    }

    private static String name(Reply item) {
        return item.text("name").isEmpty() ? item.text("serviceName") : item.text("name");
    }

    private static BigDecimal sum(List<Reply> items) {
        return items.stream().map(UspsCharges::price).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal price(Reply item) {
        return PriceParts.amount(item, "price").orElse(BigDecimal.ZERO);
    }
}
