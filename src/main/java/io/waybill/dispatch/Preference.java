package io.waybill.dispatch;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one price is preferred to another by, as rules and orders say it: {@code cheapest}, {@code fastest} or {@code best},
 * each also {@code within N days}.
 *
 * @param within most transit days; null for any number. A service that states no days is not within any.
 */
record Preference(By by, @Nullable Integer within) {
    static final Preference CHEAPEST = new Preference(By.CHEAPEST, null);
    static final String LEGAL = "cheapest, fastest, best; cheapest within 3 days";
    private static final Pattern WORDS = Pattern.compile("(cheapest|fastest|best)(?: within (\\d{1,3}) days?)?");

    enum By {
        CHEAPEST,
        FASTEST,
        BEST
    }

    static Optional<Preference> read(@Nullable String text) {
        Matcher words = WORDS.matcher(text == null ? "" : text);
        return words.matches()
                ? Optional.of(new Preference(
                        By.valueOf(words.group(1).toUpperCase(Locale.ROOT)),
                        words.group(2) == null ? null : Integer.valueOf(words.group(2))))
                : Optional.empty();
    }

    boolean allows(@Nullable Integer days) {
        return within == null || (days != null && days <= within);
    }
}
