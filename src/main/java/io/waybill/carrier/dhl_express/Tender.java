package io.waybill.carrier.dhl_express;

import io.waybill.carrier.Refusals;
import io.waybill.order.Order;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When a shipment is handed over. DHL takes neither the past nor more than ten days ahead. */
record Tender(ZoneId zone, LocalTime time, Clock clock) {
    private static final int DAYS_AHEAD = 10;

    /** So that the request arrives before the hour it names. */
    private static final Duration MARGIN = Duration.ofMinutes(15);

    /** {@code 2019-08-04T14:00:31 GMT+01:00} */
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss 'GMT'xxx", Locale.ROOT);

    /**
     * The order's ship date, else or when that is over the next time parcels leave.
     *
     * @throws io.waybill.carrier.RefusedException when it is too far ahead
     */
    ZonedDateTime of(Order order) {
        ZonedDateTime next = next();
        @Nullable
        LocalDate asked = order.options() == null ? null : order.options().shipDate();
        if (asked == null || !asked.isAfter(next.toLocalDate())) {
            return next;
        }
        LocalDate last = LocalDate.now(clock.withZone(zone)).plusDays(DAYS_AHEAD);
        if (asked.isAfter(last)) {
            throw Refusals.takesNot(asked.toString(), "/options/shipDate", "at most " + last);
        }
        return asked.atTime(time).atZone(zone);
    }

    private ZonedDateTime next() {
        ZonedDateTime now = ZonedDateTime.now(clock.withZone(zone)).plus(MARGIN);
        ZonedDateTime today = now.toLocalDate().atTime(time).atZone(zone);
        return today.isAfter(now)
                ? today
                : now.toLocalDate().plusDays(1).atTime(time).atZone(zone);
    }

    static String text(ZonedDateTime when) {
        return FORM.format(when);
    }
}
