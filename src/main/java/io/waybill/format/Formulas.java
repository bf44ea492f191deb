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

    static String neutral(String cell) {
        boolean harmless = cell.isEmpty() || STARTS.indexOf(cell.charAt(0)) < 0;
        return harmless || PLAIN_NUMBER.matcher(cell).matches() ? cell : "'" + cell;
    }

    static String restored(String cell) {
        boolean guarded = cell.length() > 1 && cell.charAt(0) == '\'' && STARTS.indexOf(cell.charAt(1)) >= 0;
        return guarded ? cell.substring(1) : cell;
    }
}
