package io.waybill;

import io.waybill.settings.Section;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * When the hub takes nothing in, {@code load.*} and {@code disk.*}.
 *
 * @param minFree bytes of the data folder's disk; with fewer, nothing is taken in and nothing bought
 * @param maxAge orders a caller waits for that could have been bought this long mean that the hub is overloaded
 * @param flush how long a stopping hub goes on delivering events that are due
 */
record LoadSettings(long minFree, Duration maxAge, Duration flush) {
    private static final Map<String, Long> UNITS = Map.of("MB", 1L << 20, "GB", 1L << 30, "TB", 1L << 40);

    static LoadSettings read(Section load, Section disk) {
        LoadSettings settings = new LoadSettings(
                bytes(disk, "minFree", "200MB"),
                load.duration("maxAge", Duration.ofMinutes(15), Duration.ofSeconds(1)),
                load.duration("flush", Duration.ofSeconds(3)));
        load.close();
        disk.close();
        return settings;
    }

    private static long bytes(Section section, String key, String fallback) {
        String text = section.get(key, fallback);
        Long unit = text.length() < 3
                ? null
                : UNITS.get(text.substring(text.length() - 2).toUpperCase(Locale.ROOT));
        String number = text.substring(0, Math.max(0, text.length() - 2)).strip();
        if (unit == null || !number.matches("\\d{1,6}")) {
            throw section.bad(key, text, "a size such as 500MB or 2GB");
        }
        return Long.parseLong(number) * unit;
    }
}
