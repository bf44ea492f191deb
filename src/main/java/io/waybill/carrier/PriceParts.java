package io.waybill.carrier;

import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A price in parts that sum up to what the carrier states as the total. Nothing is made up: what no part explains is a part
 * of its own, the transport where no base was stated, else {@code uncategorized}.
 */
public final class PriceParts {
    private static final Logger LOG = LoggerFactory.getLogger(PriceParts.class);

    /** So many decimals an amount has at most; what is finer is a machine's rounding. */
    private static final int FINEST = 6;

    /** So many digits it has before the point at most: the ledger has room for the sum of many. */
    private static final int LARGEST = 12;

    private final Money total;
    private final List<Charge> parts = new ArrayList<>();
    private boolean hasBase;

    public PriceParts(Money total) {
        this.total = total;
    }

    /** What a purchase cost, in parts; nothing when that cannot be read: the label is sold whatever its price. */
    public static List<Charge> ofSale(Supplier<List<Charge>> price) {
        try {
            return price.get();
        } catch (RuntimeException unreadable) {
            LOG.warn("the price of a shipment that was sold cannot be read: {}", unreadable.toString());
            return List.of();
        }
    }

    /** A price that stands beside another, such as the list's; nothing when it cannot be read: the other holds all the same. */
    public static Optional<Money> beside(Supplier<Optional<Money>> price) {
        try {
            return price.get();
        } catch (RuntimeException unreadable) {
            LOG.warn("a price beside another cannot be read: {}", unreadable.toString());
            return Optional.empty();
        }
    }

    /**
     * A part's amount, as it is written for people too, with a dollar's sign before it or a comma after the thousands, and as {@link #counted};
     * empty when there is none that can be read.
     */
    public static Optional<BigDecimal> amount(Reply item, String... path) {
        String text = item.text(path).replaceFirst("^(-?)\\p{Sc}\\s*", "$1");
        String plain = text.matches("-?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?") ? text.replace(",", "") : text;
        try {
            return plain.isEmpty() ? Optional.empty() : Optional.of(counted(Reply.number(plain)));
        } catch (NumberFormatException words) {
            return Optional.empty();
        }
    }

    /**
     * What a carrier summed up in floating point as the amount it is: {@code 27.119999999999997} is 27.12.
     *
     * @throws NumberFormatException when it is larger than any price
     */
    public static BigDecimal counted(BigDecimal amount) {
        if (amount.signum() != 0 && amount.precision() - amount.scale() > LARGEST) {
            throw new NumberFormatException(amount + " is larger than any price");
        }
        if (amount.scale() <= FINEST) {
            return amount;
        }
        BigDecimal exact = amount.setScale(FINEST, RoundingMode.HALF_UP).stripTrailingZeros();
        return exact.setScale(Math.max(0, exact.scale()));
    }

    /** What the transport costs before anything is added or taken off. */
    public PriceParts base(BigDecimal amount, @Nullable String text) {
        return base("shipping", amount, "BASE", text);
    }

    /** The same under the carrier's own code. */
    public PriceParts base(String type, BigDecimal amount, @Nullable String code, @Nullable String text) {
        hasBase |= amount.signum() != 0;
        return add(type, amount, code, text);
    }

    /**
     * A part in the total's currency; zero is none.
     *
     * @param code the carrier's own, kept; blank is none
     */
    public PriceParts add(String type, BigDecimal amount, @Nullable String code, @Nullable String text) {
        if (amount.signum() != 0) {
            parts.add(new Charge(type, new Money(amount, total.currency()), blankToNull(code), blankToNull(text)));
        }
        return this;
    }

    /** These parts too, unless they would exceed the total: then they are what earlier parts sum up. */
    public PriceParts addIfRoom(PriceParts more) {
        if (more.sum().compareTo(room()) <= 0) {
            parts.addAll(more.parts);
        }
        return this;
    }

    /** These parts too, where with them, and with more if that has room then, less is left than without: else they are in what is there already. */
    public PriceParts addIfNearer(PriceParts some, PriceParts more) {
        BigDecimal with = left(room().subtract(some.sum()), more);
        if (with.abs().compareTo(left(room(), more).abs()) < 0) {
            parts.addAll(some.parts);
        }
        return this;
    }

    /** As {@link #addIfRoom} would leave it. */
    private static BigDecimal left(BigDecimal room, PriceParts more) {
        return more.sum().compareTo(room) <= 0 ? room.subtract(more.sum()) : room;
    }

    /** What the total has left. */
    public BigDecimal room() {
        return total.amount().subtract(sum());
    }

    /** All of them, with the rest. */
    public List<Charge> all() {
        return hasBase
                ? add("uncategorized", room(), null, "not itemised").parts
                : add("shipping", room(), null, "transportation").parts;
    }

    private BigDecimal sum() {
        return parts.stream().map(part -> part.amount().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
