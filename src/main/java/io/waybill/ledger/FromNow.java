package io.waybill.ledger;

import java.time.Duration;

/** A moment some time from now by the database's own clock, in SQL that H2 and PostgreSQL both read. */
final class FromNow {
    private FromNow() {}

    /** @return the SQL for now plus as many seconds as are bound to {@code parameter} with {@link #seconds} */
    static String by(String parameter) {
        return "CURRENT_TIMESTAMP + CAST(:%s AS DOUBLE PRECISION) * INTERVAL '1' SECOND".formatted(parameter);
    }

    /**
     * @return the SQL for a moment in this column that is past; none is not. Bounded below as well, because H2 counts what is
     *     null to what is small, and would read every row without a moment at each look
     */
    static String passed(String column) {
        return column + " BETWEEN TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00' AND CURRENT_TIMESTAMP";
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
