package io.waybill.carrier.ups;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.order.Order;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** {@code ShipmentDate}, where a parcel ships on a day to come: UPS takes today and seven days more. What is over is today. */
final class UpsShipDate {
    private static final int MOST_DAYS_AHEAD = 7;

    /** A day that is over where days end last is over everywhere, and what is too far where they begin first is so too. */
    private static final ZoneOffset WHERE_DAYS_END_LAST = ZoneOffset.ofHours(-11);

    private static final ZoneOffset WHERE_DAYS_BEGIN_FIRST = ZoneOffset.ofHours(14);

    private UpsShipDate() {}

    static void put(ObjectNode out, Order order) {
        require(order);
        put(out, "ShipmentDate", order);
    }

    /** For a quote, whose days count from then. */
    static void putForPrices(ObjectNode time, Order order) {
        ObjectNode pickup = RequestJson.object();
        put(pickup, "Date", order);
        if (!pickup.isEmpty()) {
            time.set("Pickup", pickup);
        }
    }

    private static void put(ObjectNode out, String field, Order order) {
        LocalDate asked = asked(order);
        if (asked != null && asked.isAfter(LocalDate.now(WHERE_DAYS_END_LAST))) {
            out.put(field, asked.format(DateTimeFormatter.BASIC_ISO_DATE));
        }
    }

    /** @throws io.waybill.carrier.RefusedException when it is too far ahead */
    static void require(Order order) {
        LocalDate asked = asked(order);
        if (asked != null && asked.isAfter(LocalDate.now(WHERE_DAYS_BEGIN_FIRST).plusDays(MOST_DAYS_AHEAD))) {
            throw Refusals.takesNot(
                    asked.toString(), "/options/shipDate", "today to " + MOST_DAYS_AHEAD + " days from now");
        }
    }

    private static @Nullable LocalDate asked(Order order) {
        return order.options() == null ? null : order.options().shipDate();
    }
}
