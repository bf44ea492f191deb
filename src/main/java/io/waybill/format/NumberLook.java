package io.waybill.format;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a spreadsheet shows the number in a cell.
 *
 * @param kind a plain number, a day or moment, a time of day, or nothing
 * @param width digits to fill up to with zeros: 5 for the style {@code 00000} of a ZIP code
 * @param mask where more than its digits is shown, each digit's place as {@link #DIGIT}: {@code SO-####} for the style
 *     {@code "SO-"0000}; else empty
 * @param only which numbers look so, and how the others do; null for all
 */
record NumberLook(
        Kind kind, int width, String mask, @Nullable Only only) {
    private static final char DIGIT = '\u0000';

    enum Kind {
        NUMBER,
        DATE,
        TIME,
        /** As {@code ""} beside a style of days shows the 0 of a day that is not there. */
        NOTHING
    }

    /** What stands in front of a style as {@code [<=99999]00000;00000-0000}, by which one column shows both kinds of ZIP codes. */
    record Only(String than, BigDecimal bound, NumberLook others) {
        boolean holds(BigDecimal number) {
            int compared = number.compareTo(bound);
            return switch (than) {
                case "<" -> compared < 0;
                case "<=" -> compared <= 0;
                case ">" -> compared > 0;
                case ">=" -> compared >= 0;
                case "=" -> compared == 0;
                default -> compared != 0;
            };
        }
    }

    NumberLook(Kind kind, int width) {
        this(kind, width, "", null);
    }

    static final NumberLook PLAIN = new NumberLook(Kind.NUMBER, 0);

    /** No spreadsheet takes a longer code. */
    private static final int LONGEST = 255;

    /** Before a style: a country, such as that of its postal codes, or a colour. */
    private static final Pattern LOCALE_OR_COLOUR = Pattern.compile(
            "^(?:\\[(?:\\$-[0-9A-F]{1,8}|Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\\d{1,2})])+",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CONDITION = Pattern.compile("^\\[([<>]=?|<>|=)(\\d{1,15})]([^;]*)(?:;(.*))?$");

    private static final String EMPTY = "\"\"";

    private static final Pattern ZEROS = Pattern.compile("0{2,15}");
    private static final Pattern LITERALS_AND_ZEROS = Pattern.compile("(\"[^\"]*\"|\\\\.|[-/ ()]|0)+");
    private static final Pattern PLACE = Pattern.compile("\"([^\"]*)\"|\\\\(.)|([-/ ()0])");
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

    private static NumberLook of(String whole) {
        String code = LOCALE_OR_COLOUR.matcher(whole).replaceFirst("");
        Matcher condition = CONDITION.matcher(code);
        if (condition.matches()) {
            NumberLook some = of(condition.group(3));
            NumberLook others = condition.group(4) == null ? PLAIN : of(condition.group(4));
            Only only = new Only(condition.group(1), new BigDecimal(condition.group(2)), others);
            boolean isBlank = condition.group(3).equals(EMPTY) && others.kind() != Kind.NUMBER;
            return new NumberLook(isBlank ? Kind.NOTHING : some.kind(), some.width(), some.mask(), only);
        }
        String positive = code.split(";", 2)[0];
        if (ZEROS.matcher(positive).matches()) {
            return new NumberLook(Kind.NUMBER, positive.length());
        }
        if (LITERALS_AND_ZEROS.matcher(positive).matches()) {
            return masked(positive);
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
        return days ? moment(Kind.DATE, code) : hours ? moment(Kind.TIME, code) : PLAIN;
    }

    /** What the third part of {@code dd.mm.yyyy;;;@} shows is the 0 of a cell that says nothing. */
    private static NumberLook moment(Kind kind, String code) {
        String[] parts = code.split(";", -1);
        NumberLook shown = new NumberLook(kind, 0);
        return parts.length > 2 && (parts[2].isBlank() || parts[2].equals(EMPTY))
                ? new NumberLook(Kind.NOTHING, 0, "", new Only("=", BigDecimal.ZERO, shown))
                : shown;
    }

    /** One digit beside a word is a number with its unit, {@code 0" kg"}; several are a number as a name. */
    private static NumberLook masked(String code) {
        StringBuilder mask = new StringBuilder();
        Matcher places = PLACE.matcher(code);
        while (places.find()) {
            String literal = places.group(1) != null ? places.group(1) : places.group(2);
            String plain = literal != null ? literal : places.group(3);
            mask.append(literal == null && plain.equals("0") ? String.valueOf(DIGIT) : plain);
        }
        int width = (int) mask.chars().filter(place -> place == DIGIT).count();
        return width < 2 || width > 15 ? PLAIN : new NumberLook(Kind.NUMBER, width, mask.toString(), null);
    }

    /** How this number looks: as {@link #only} says of it. */
    NumberLook of(BigDecimal number) {
        return only == null || only.holds(number) ? this : only.others().of(number);
    }

    /** A number that looks so as it is shown; those of other than digits stay as they are. */
    String shown(String number) {
        if (!number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return number;
        }
        String digits = "0".repeat(Math.max(0, width - number.length())) + number;
        if (mask.isEmpty()) {
            return digits;
        }
        StringBuilder shown = new StringBuilder();
        int next = 0;
        for (int i = 0; i < mask.length(); i++) {
            char place = mask.charAt(i);
            if (place != DIGIT) {
                shown.append(place);
            } else {
                int end = next == 0 ? digits.length() - width + 1 : next + 1;
                shown.append(digits, next, end);
                next = end;
            }
        }
        return shown.toString();
    }
}
