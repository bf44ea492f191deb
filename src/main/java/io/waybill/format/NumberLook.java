package io.waybill.format;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a spreadsheet shows the number in a cell.
 *
 * @param kind a plain number, a day or moment, or a time of day
 * @param width digits to fill up to with zeros: 5 for the style {@code 00000} of a ZIP code
 */
record NumberLook(Kind kind, int width) {
    enum Kind {
        NUMBER,
        DATE,
        TIME
    }

    static final NumberLook PLAIN = new NumberLook(Kind.NUMBER, 0);

    /** No spreadsheet takes a longer code. */
    private static final int LONGEST = 255;

    private static final Pattern ZEROS = Pattern.compile("0{2,15}");
    private static final Pattern NO_CODE = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*]");
    private static final Pattern ELAPSED = Pattern.compile("\\[(h+|m+|s+)]");

    /** @param code what the workbook says for the number, empty for one that every spreadsheet knows */
    static NumberLook of(int number, String code) {
        if (code.isEmpty()) {
            return builtIn(number);
        }
        return code.length() > LONGEST ? PLAIN : of(code);
    }

    private static NumberLook builtIn(int number) {
        boolean date = (number >= 14 && number <= 17)
                || number == 22
                || (number >= 27 && number <= 31)
                || number == 36
                || (number >= 50 && number <= 54)
                || number == 57
                || number == 58;
        boolean time = (number >= 18 && number <= 21)
                || (number >= 32 && number <= 35)
                || number == 45
                || number == 47
                || number == 55
                || number == 56;
        return date ? new NumberLook(Kind.DATE, 0) : time ? new NumberLook(Kind.TIME, 0) : PLAIN;
    }

    private static NumberLook of(String code) {
        if (ZEROS.matcher(code).matches()) {
            return new NumberLook(Kind.NUMBER, code.length());
        }
        String first = code.toLowerCase(Locale.ROOT);
        if (ELAPSED.matcher(first).find()) {
            return PLAIN;
        }
        String letters = NO_CODE.matcher(first).replaceAll("").split(";", 2)[0];
        if (letters.contains("general")) {
            return PLAIN;
        }
        boolean hours = letters.contains("h") || letters.contains("s");
        boolean days = letters.contains("y") || letters.contains("d") || (letters.contains("m") && !hours);
        return days ? new NumberLook(Kind.DATE, 0) : hours ? new NumberLook(Kind.TIME, 0) : PLAIN;
    }
}
