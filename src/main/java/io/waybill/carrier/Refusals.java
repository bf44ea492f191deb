package io.waybill.carrier;

import io.waybill.order.Order;
import io.waybill.problem.Problem;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an adapter says of a shipment its carrier would refuse, before anything is sent. The account's name is added by the hub. */
public final class Refusals {
    private Refusals() {}

    /**
     * The text at this pointer.
     *
     * @throws RefusedException {@code carrier-needs} when it is null or blank
     */
    public static String needed(@Nullable String text, String pointer) {
        if (text == null || text.isBlank()) {
            throw needs(pointer);
        }
        return text.strip();
    }

    /**
     * The value at this pointer.
     *
     * @throws RefusedException {@code carrier-needs} when it is null
     */
    public static <T> T needed(@Nullable T value, String pointer) {
        if (value == null) {
            throw needs(pointer);
        }
        return value;
    }

    /** Something is missing at this pointer. */
    public static RefusedException needs(String pointer) {
        return new RefusedException(
                Problem.of(CarrierCode.CARRIER_NEEDS, "field", pointer.substring(pointer.lastIndexOf('/') + 1))
                        .at(pointer));
    }

    /** A value that is none of those the carrier takes. */
    public static RefusedException takesNot(String value, String pointer, Collection<String> legal) {
        return takesNot(value, pointer, String.join(", ", new TreeSet<>(legal)));
    }

    /** A value that the carrier does not take; and what it takes, in words. */
    public static RefusedException takesNot(String value, String pointer, String legal) {
        return new RefusedException(Problem.of(CarrierCode.CARRIER_TAKES_NOT, "value", value, "legal", legal)
                .at(pointer));
    }

    /** @throws RefusedException when there are more kinds of goods than the carrier declares at once */
    public static void requireGoods(Order order, int most) {
        int kinds = order.items().size();
        if (kinds > most) {
            throw takesNot(String.valueOf(kinds), "/items", "1 to " + most);
        }
    }

    /** @throws RefusedException {@code carrier-too-many-parcels} */
    public static void requireParcels(Shipment shipment, int most) {
        int parcels = shipment.parcels().size();
        if (parcels > most) {
            throw new RefusedException(
                    Problem.of(CarrierCode.CARRIER_TOO_MANY_PARCELS, "most", most, "parcels", parcels)
                            .at("/parcels"));
        }
    }
}
