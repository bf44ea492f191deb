package io.waybill.portal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/** Days a visitor chooses, as they stand beside the times of a page: from midnight to midnight where the hub is. */
final class Moments {
    private Moments() {}

    /** Puts the moments of {@code since} and {@code until} in place of their days; what is no day stays for the call to refuse. */
    static void ofDays(Map<String, String> asked, ZoneId zone) {
        asked.computeIfPresent("since", (name, day) -> midnight(day, 0, zone));
        asked.computeIfPresent("until", (name, day) -> midnight(day, 1, zone));
    }

    private static String midnight(String day, int daysLater, ZoneId zone) {
        try {
            return LocalDate.parse(day)
                    .plusDays(daysLater)
                    .atStartOfDay(zone)
                    .toInstant()
                    .toString();
        } catch (DateTimeException isNoDay) {
            return day;
        }
    }
}
