package io.waybill.batch;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a record stands in a log, and when it was written there: what the {@link Taker.Context#key key} of a record's document
 * begins with.
 *
 * @param log {@code orders-3}, a partition of a topic
 */
public record LogPlace(String log, long offset, Instant writtenAt) {
    private static final Pattern KEY = Pattern.compile("(.+)@(\\d{1,18})/(\\d{1,15}):.*");

    /** Empty for what did not come by a log. */
    public static Optional<LogPlace> of(String key) {
        Matcher said = KEY.matcher(key);
        return said.matches()
                ? Optional.of(new LogPlace(
                        said.group(1),
                        Long.parseLong(said.group(2)),
                        Instant.ofEpochMilli(Long.parseLong(said.group(3)))))
                : Optional.empty();
    }

    /** @param within which document of the record */
    public String key(String within) {
        return log + "@" + offset + "/" + writtenAt.toEpochMilli() + ":" + within;
    }

    /** What stands at a lower place of a topic that was made anew was written later; of what has no time nobody knows. */
    public boolean isBefore(LogPlace other) {
        boolean dated = writtenAt.isAfter(Instant.EPOCH);
        return dated && log.equals(other.log) && offset < other.offset && !writtenAt.isAfter(other.writtenAt);
    }
}
