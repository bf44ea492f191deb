package io.waybill.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How settings write durations: {@code 500ms}, {@code 20s}, {@code 5m}, {@code 2h}, {@code 30d}. */
public final class Durations {
    /** No sign, and no more digits than days can be counted with. */
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})([a-z]+)");

    /** More overflows where it is counted in nanoseconds, or added to a moment that a database keeps. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /** @throws IllegalArgumentException when it is none, or longer than a hundred years */
    static Duration parse(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        long value = Long.parseLong(parts.group(1));
        Duration duration = switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(value);
            case "s" -> Duration.ofSeconds(value);
            case "m" -> Duration.ofMinutes(value);
            case "h" -> Duration.ofHours(value);
            case "d" -> Duration.ofDays(value);
            default -> throw new IllegalArgumentException(text);
        };
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }

    /** As it may stand in a file: {@code 120s}. */
    public static String inWords(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
