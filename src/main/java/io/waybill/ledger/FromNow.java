package io.waybill.ledger;

import java.time.Duration;

/** A moment some time from now by the database's own clock, in SQL that H2 and PostgreSQL both read. */
final class FromNow {
    private FromNow() {}

    /** @return the SQL for now plus as many seconds as are bound to {@code parameter} with {@link #seconds} */
    static String by(String parameter) {
        return "CURRENT_TIMESTAMP + CAST(:%s AS DOUBLE PRECISION) * INTERVAL '1' SECOND".formatted(parameter);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
