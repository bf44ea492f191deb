package io.waybill.carrier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Money;
import io.waybill.measure.Weight;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an order says about its goods, as carriers and the customs ask for it: worth, weight and a word for them. */
public final class Goods {
    /** Carriers read no more, also where a currency has three. */
    private static final int MOST_PLACES = 2;

    private Goods() {}

    /**
     * What all of them are worth: as declared, else by their prices.
     *
     * @throws RefusedException where there are none, one has no price, or prices are in several currencies
     */
    public static Money worth(Order order) {
        if (order.customs() != null && order.customs().declaredValue() != null) {
            return order.customs().declaredValue();
        }
        Money sum = null;
        for (int i = 0; i < order.items().size(); i++) {
            Money line = worth(order.items().get(i), "/items/" + i);
            if (sum != null && !sum.currency().equals(line.currency())) {
                throw takesNot(line, i, sum);
            }
            sum = sum == null ? line : sum.plus(line);
        }
        return Refusals.needed(sum, "/items");
    }

    /**
     * {@link #worth(Order)} where one currency is said for all: each price stands under it.
     *
     * @throws RefusedException also where a price is in another
     */
    public static Money worthInOneCurrency(Order order) {
        Money worth = worth(order);
        for (int i = 0; i < order.items().size(); i++) {
            Money price = order.items().get(i).unitPrice();
            if (price != null && !price.currency().equals(worth.currency())) {
                throw takesNot(price, i, worth);
            }
        }
        return worth;
    }

    private static RefusedException takesNot(Money price, int item, Money worth) {
        return Refusals.takesNot(
                price.currency().getCurrencyCode(),
                "/items/" + item + "/unitPrice/currency",
                worth.currency().getCurrencyCode());
    }

    /**
     * Its price by its quantity; one without a quantity is one.
     *
     * @throws RefusedException when it has no price
     */
    public static Money worth(Order.Item item, String pointer) {
        Money price = Refusals.needed(item.unitPrice(), pointer + "/unitPrice");
        BigDecimal pieces = BigDecimal.valueOf(Objects.requireNonNullElse(item.quantity(), 1));
        return new Money(price.amount().multiply(pieces), price.currency());
    }

    /** What all pieces of a line weigh; where there is but one kind of goods and it has no weight, what the parcels weigh. */
    public static Weight weight(Shipment shipment, int line, MassUnit unit) {
        List<Order.Item> items = shipment.order().items();
        Order.Item item = items.get(line);
        if (item.weight() == null && items.size() == 1) {
            return weight(shipment, unit);
        }
        Weight one =
                Refusals.needed(item.weight(), "/items/" + line + "/weight").in(unit);
        return new Weight(
                one.value().multiply(BigDecimal.valueOf(Objects.requireNonNullElse(item.quantity(), 1))), unit);
    }

    /** What all parcels weigh. */
    public static Weight weight(Shipment shipment, MassUnit unit) {
        Weight sum = new Weight(BigDecimal.ZERO, unit);
        for (int i = 0; i < shipment.parcels().size(); i++) {
            Weight one = Refusals.needed(shipment.parcels().get(i).weight(), "/parcels/" + i + "/weight");
            sum = sum.plus(one.in(unit));
        }
        return sum;
    }

    /** What they are, in a line; null when no item says so. */
    public static @Nullable String description(Order order, int most) {
        String goods = order.items().stream()
                .map(Order.Item::description)
                .filter(text -> text != null && !text.isBlank())
                .distinct()
                .collect(Collectors.joining(", "));
        return goods.isEmpty() ? null : RequestJson.cut(goods, most);
    }

    /**
     * The number of its invoice, whole; where it names none the order's, as a person reads it on the label.
     *
     * @throws RefusedException when the one it names is longer than the carrier takes
     */
    public static void invoiceNumber(ObjectNode out, String field, Order.Customs customs, Ref ref, int most) {
        RequestJson.fit(out, field, customs.invoiceNumber(), most, "/customs/invoiceNumber");
        if (!out.has(field)) {
            RequestJson.put(out, field, ref.orderNumber(), most);
        }
    }

    /**
     * The tariff number, where there is one, as {@link #hsCode(Order.Item)} writes it.
     *
     * @throws RefusedException when it is shorter or longer than the carrier takes
     */
    public static void hsCode(ObjectNode out, String field, Order.Item item, int least, int most, String pointer) {
        String code = hsCode(item);
        if (code != null && code.length() < least) {
            throw Refusals.takesNot(code, pointer + "/hsCode", least + " to " + most + " digits");
        }
        RequestJson.fit(out, field, code, most, pointer + "/hsCode");
    }

    /** The tariff number without the points or blanks it is grouped by; null when it has none. */
    public static @Nullable String hsCode(Order.Item item) {
        return item.hsCode() == null || item.hsCode().isBlank()
                ? null
                : item.hsCode().replaceAll("[.\\s]", "");
    }

    /** What an order wants insured; null where it wants nothing, or nothing's worth: an insurance of zero is paid for too. */
    public static @Nullable Money insured(Order.@Nullable Options options) {
        Money value = options == null ? null : options.insuredValue();
        return value == null || value.amount().signum() == 0 ? null : value;
    }

    /** A parcel's equal share to the cent, or to what its currency has instead; the first parcel has what is left over. */
    public static Money share(Money whole, int index, int parcels) {
        int places = Math.max(0, Math.min(MOST_PLACES, whole.currency().getDefaultFractionDigits()));
        BigDecimal amount = whole.amount().setScale(places, RoundingMode.HALF_UP);
        BigDecimal each = amount.divide(BigDecimal.valueOf(parcels), places, RoundingMode.DOWN);
        BigDecimal rest = amount.subtract(each.multiply(BigDecimal.valueOf(parcels)));
        return new Money(index == 0 ? each.add(rest) : each, whole.currency());
    }
}
