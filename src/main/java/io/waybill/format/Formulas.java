package io.waybill.format;

import java.util.regex.Pattern;

/**
 * Cells that a spreadsheet would run: they are written with an apostrophe in front and read without it. East Asian
 * spreadsheets take the wide signs for the narrow ones.
 */
final class Formulas {
    private static final String STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    private static final Pattern PLAIN_NUMBER = Pattern.compile("-?\\d{1,30}([.,]\\d{1,30})?");

    private Formulas() {}

    /** Also of a text that has apostrophes before such a sign already: each that is read is one less. */
    static String neutral(String cell) {
        return !begins(cell) || PLAIN_NUMBER.matcher(cell).matches() ? cell : "'" + cell;
    }

    static String restored(String cell) {
        return cell.startsWith("'") && begins(cell) ? cell.substring(1) : cell;
    }

    private static boolean begins(String cell) {
        int at = 0;
        while (at < cell.length() && cell.charAt(at) == '\'') {
            at++;
        }
        return at < cell.length() && STARTS.indexOf(cell.charAt(at)) >= 0;
    }
}
