package io.waybill.batch;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a record stands in a log, and when it was written there: what the {@link Taker.Context#key key} of a record's document
 * begins with.
 *
 * @param log {@code orders-3}, a partition of a topic; {@code row} of a table whose rows are taken by their number
 * @param writtenAt 1970 where nobody says it
 */
public record LogPlace(String log, long offset, Instant writtenAt) {
    private static final Pattern KEY = Pattern.compile("(.+)@([0-8]?\\d{1,18})/(\\d{1,15}):.*");

    /** What no partition is called: a table that only grows. */
    private static final String TABLE = "row";

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

    /** A row of a table that only grows. */
    public static LogPlace ofRow(long number) {
        return new LogPlace(TABLE, number, Instant.EPOCH);
    }

    /** @param within which document of the record */
    public String key(String within) {
        return log + "@" + offset + "/" + writtenAt.toEpochMilli() + ":" + within;
    }

    /**
     * What stands at a lower place of a topic that was made anew was written later; of what has no time nobody knows. Of a table that was
     * made anew no lower number is read.
     */
    public boolean isBefore(LogPlace other) {
        boolean known = isRow() || writtenAt.isAfter(Instant.EPOCH);
        return known && log.equals(other.log) && offset < other.offset && !writtenAt.isAfter(other.writtenAt);
    }

    /** Whether it is a row of a table that only grows; {@code offset} is its number. */
    public boolean isRow() {
        return log.equals(TABLE);
    }
}
