package io.waybill.carrier;

import java.time.DateTimeException;
import java.time.ZoneOffset;

/** How far clocks are from Greenwich's, as carriers write it beside a time of the place. */
public final class Offset {
    private Offset() {}

    /**
     * Reads {@code +08:00}, {@code -5:30}, {@code -05.00}, {@code +5.5}, {@code +8}, {@code 0800}, {@code UTC+8} and {@code GMT-5}; what no clock is
     * off by in hours is minutes: {@code -300}.
     *
     * @return Greenwich's own where nothing is told, or nothing that can be read: an event is not lost over it
     */
    public static ZoneOffset of(String told) {
        String text = told.replaceFirst("(?i)^(UTC|GMT)", "").strip();
        try {
            if (text.matches("[+-]?(\\d{3}|[2-9]\\d)")) {
                return ZoneOffset.ofTotalSeconds(60 * Integer.parseInt(text));
            }
            String hours = minutes(text).replaceFirst("^([+-]?)(\\d:)", "$10$2");
            return hours.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(hours.matches("\\d.*") ? "+" + hours : hours);
        } catch (DateTimeException unreadable) {
            return ZoneOffset.UTC;
        }
    }

    /** Behind a point stand minutes, or parts of an hour where no clock is off by so many minutes. */
    private static String minutes(String text) {
        return text.replaceFirst("\\.50?$", ":30")
                .replaceFirst("\\.75$", ":45")
                .replaceFirst("\\.25$", ":15")
                .replaceFirst("\\.0$", ":00")
                .replace('.', ':');
    }
}
