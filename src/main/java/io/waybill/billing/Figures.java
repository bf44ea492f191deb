package io.waybill.billing;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as invoices write them. What a spreadsheet program may have rounded is no figure. */
final class Figures {
    private static final Pattern SCIENTIFIC = Pattern.compile("[+-]?\\d+([.,]\\d+)?[eE][+-]?\\d+");
    private static final Pattern POINT = Pattern.compile("[+-]?(\\d+|\\d*\\.\\d+|\\d{1,3}(,\\d{3})+\\.\\d+)");
    private static final Pattern COMMA = Pattern.compile("[+-]?(\\d*,\\d+|\\d{1,3}(\\.\\d{3})+,\\d+)");

    /** One that may stand behind thousands, too. */
    private static final Pattern EITHER = Pattern.compile("[+-]?\\d*,\\d{3}");

    /** In parentheses, or with its sign behind it. */
    private static final Pattern LESS = Pattern.compile("\\(\\s*([\\d.,]+)\\s*\\)|([\\d.,]+)\\s*[-\u2212]");

    private Figures() {}

    /** A number a spreadsheet program has rewritten: {@code 1.79E+17}. */
    static boolean isScientific(String text) {
        return SCIENTIFIC.matcher(text).matches();
    }

    /**
     * With its sign before it, behind it, or as accountants write what is less than nothing: {@code -5.00}, {@code 5.00-}, {@code (5.00)}.
     *
     * @param delimiter of the file's cells: between semicolons a comma stands before decimals where no point does, between tabs only
     *     where it cannot stand behind thousands: those files come from either kind of country
     */
    static Optional<BigDecimal> read(String text, char delimiter) {
        Matcher less = LESS.matcher(text);
        return less.matches()
                ? plain(less.group(1) == null ? less.group(2) : less.group(1), delimiter)
                        .map(BigDecimal::negate)
                : plain(text.replace('\u2212', '-'), delimiter);
    }

    private static Optional<BigDecimal> plain(String text, char delimiter) {
        if (POINT.matcher(text).matches()) {
            return Optional.of(new BigDecimal(text.replace(",", "")));
        }
        return isComma(text, delimiter)
                ? Optional.of(new BigDecimal(text.replace(".", "").replace(',', '.')))
                : Optional.empty();
    }

    private static boolean isComma(String text, char delimiter) {
        return COMMA.matcher(text).matches()
                && (delimiter == ';'
                        || (delimiter == '\t' && !EITHER.matcher(text).matches()));
    }

    /** Whether an amount may be what was meant in a currency of so many decimals: with none, three of them are thousands, be they zeros. */
    static boolean isAmount(BigDecimal amount, int decimals) {
        boolean thousands = decimals == 0 && amount.scale() == 3 && amount.signum() != 0;
        return amount.stripTrailingZeros().scale() <= decimals && !thousands;
    }

    /** Zeros at the end are no decimals. */
    static boolean isWithin(BigDecimal number, int digits, int decimals) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() <= decimals && stripped.precision() - stripped.scale() <= digits;
    }
}
