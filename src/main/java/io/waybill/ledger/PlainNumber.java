package io.waybill.ledger;

/** Numbers on bills are compared without blanks and hyphens, in capitals: people group them as they like. */
final class PlainNumber {
    private PlainNumber() {}

    /** @param number a column, or what is bound as text */
    static String of(String number) {
        return "UPPER(REPLACE(TRANSLATE(CAST(%s AS VARCHAR(100)), '-\t\n\r\f\u000B\u00A0\u2007\u202F', '         '), ' ', ''))"
                .formatted(number);
    }
}
