package io.waybill;

import java.util.TimeZone;
import org.h2.util.DateTimeUtils;

/** This machine stands in another time zone until it is closed; a database opened meanwhile does too. */
public final class InZone implements AutoCloseable {
    private final TimeZone before = TimeZone.getDefault();

    public InZone(String zone) {
        set(TimeZone.getTimeZone(zone));
    }

    /** H2 would go on converting by the zone it saw first. */
    private static void set(TimeZone zone) {
        TimeZone.setDefault(zone);
        DateTimeUtils.resetCalendar();
    }

    @Override
    public void close() {
        set(before);
    }
}
