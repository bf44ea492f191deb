package io.waybill.order;

import java.util.regex.Pattern;

/** The services an order may name, as its schema has them; {@code best} and {@code within N days} are words of rules alone. */
public final class ServiceWords {
    /** As a regular expression. */
    public static final String PATTERN =
            "ground|express|economy|overnight|cheapest|fastest|[a-z0-9][a-z0-9-]*:[A-Za-z0-9._-]+";

    /** As a person reads them. */
    public static final String LEGAL = "ground, express, economy, overnight, cheapest, fastest, or carrier:service";

    private static final Pattern WORDS = Pattern.compile(PATTERN);

    private ServiceWords() {}

    /** Whether an order may say it. */
    public static boolean has(String word) {
        return WORDS.matcher(word).matches();
    }
}
