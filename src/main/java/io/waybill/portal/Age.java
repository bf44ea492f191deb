package io.waybill.portal;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long something has been waiting, in the steps the first page counts in. */
public enum Age {
    HOURS(null, Duration.ofHours(4)),
    DAY(Duration.ofHours(4), Duration.ofDays(1)),
    DAYS(Duration.ofDays(1), Duration.ofDays(3)),
    LONGER(Duration.ofDays(3), null);

    private final @Nullable Duration least;
    private final @Nullable Duration most;

    Age(@Nullable Duration least, @Nullable Duration most) {
        this.least = least;
        this.most = most;
    }

    static Optional<Age> of(String word) {
        return Arrays.stream(values()).filter(age -> age.word().equals(word)).findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Puts the moments between which it opened into what a list is asked. */
    void ask(Map<String, String> asked, Instant now) {
        if (most != null) {
            asked.put("since", now.minus(most).toString());
        }
        if (least != null) {
            asked.put("until", now.minus(least).toString());
        }
    }
}
