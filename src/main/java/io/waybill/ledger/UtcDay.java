package io.waybill.ledger;

/** The day of a moment in UTC, in SQL that H2 and PostgreSQL both read. */
final class UtcDay {
    private UtcDay() {}

    /**
     * By way of its text: what H2 casts to a date by itself is on the day of the machine's zone, whatever zone it was put in.
     *
     * @param moment the SQL for it
     */
    static String of(String moment) {
        return "CAST(TO_CHAR(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS DATE)".formatted(moment);
    }
}
