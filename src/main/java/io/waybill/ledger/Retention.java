package io.waybill.ledger;

import io.waybill.settings.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * How long what is kept, {@code retention.*}; empty is for ever.
 *
 * @param documents originals as their sources sent them
 * @param labels label bytes, and the request and answer that bought them
 * @param personal everything about the recipient, once an order has no open shipment and nothing has happened to it since
 * @param events what sinks were told, from when they took it
 */
public record Retention(
        Optional<Duration> documents,
        Optional<Duration> labels,
        Optional<Duration> personal,
        Optional<Duration> events) {
    public static final Retention FOR_EVER =
            new Retention(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Duration HALF_A_YEAR = Duration.ofDays(180);

    /** @throws io.waybill.problem.ProblemException {@code bad-setting} for less than a day */
    public static Retention read(Section section) {
        Retention retention = new Retention(
                kept(section, "documents"),
                kept(section, "labels"),
                kept(section, "personal"),
                kept(section, "events"));
        section.close();
        return retention;
    }

    /** What came by sources that are only looked at is never kept for ever. */
    public Duration shadows() {
        return documents.orElse(HALF_A_YEAR);
    }

    private static Optional<Duration> kept(Section section, String key) {
        Optional<Duration> age = section.optional(key).map(text -> section.duration(key, SHORTEST));
        if (age.isPresent() && age.get().compareTo(SHORTEST) < 0) {
            throw section.bad(key, section.get(key, ""), "at least 1d, such as 90d");
        }
        return age;
    }
}
