package io.waybill.billing;

import io.waybill.format.Document;
import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Currency;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one row by the names of their columns. What cannot be read is told with row and column.
 *
 * @param delimiter of the file's cells: it tells whether decimals may stand after a comma
 * @param written what the file calls a column
 */
record Cells(Document document, char delimiter, Faults faults, UnaryOperator<String> written) {
    private static final DateTimeFormatter DAY_FIRST =
            DateTimeFormatter.ofPattern("d/M/uuuu").withResolverStyle(ResolverStyle.STRICT);
    static final int LONGEST_ID = 100;

    /** {@code '0123} and {@code ="0123"}. */
    private static final Pattern AS_TEXT = Pattern.compile("^(?:'(.*)|=\\s*\"(.*)\")$");

    /** Of a file that calls its columns as its carrier does. */
    Cells(Document document, char delimiter, Faults faults) {
        this(document, delimiter, faults, UnaryOperator.identity());
    }

    long row() {
        return document.firstRow();
    }

    /** Without blanks around it, or null. */
    @Nullable
    String text(String column) {
        String text = document.tree().path(written.apply(column)).asText("").strip();
        return text.isEmpty() ? null : text;
    }

    /** At most so long. */
    @Nullable
    String brief(String column, int longest) {
        String text = text(column);
        return text == null || text.length() <= longest ? text : text.substring(0, longest);
    }

    /**
     * A number that names something, without the marks by which a spreadsheet program keeps it as text; one it rewrote names
     * nothing any more.
     */
    @Nullable
    String id(String column) {
        String text = text(column);
        if (text == null) {
            return null;
        }
        String number = unmarked(text);
        if (Figures.isScientific(number)) {
            faults.add(BillingCode.INVOICE_SCIENTIFIC_NUMBER, row(), column, text);
            return null;
        }
        return number.isEmpty() ? null : Shortened.to(LONGEST_ID, number);
    }

    /** What stands between the marks by which a spreadsheet program keeps it as text. */
    static String unmarked(String text) {
        return AS_TEXT.matcher(text).replaceFirst("$1$2").strip();
    }

    String needed(String column) {
        String text = id(column);
        if (text == null) {
            missing(column);
        }
        return Objects.requireNonNullElse(text, "");
    }

    /** The first of these columns that says something; the file must say it. */
    BigDecimal amount(String column) {
        if (text(column) == null) {
            missing(column);
        }
        return Objects.requireNonNullElse(number(column), BigDecimal.ZERO);
    }

    BigDecimal amountOrZero(String column) {
        return Objects.requireNonNullElse(number(column), BigDecimal.ZERO);
    }

    @Nullable
    BigDecimal number(String column) {
        return number(column, 15, 4);
    }

    /** To four decimals: what is weighed is no money. */
    @Nullable
    BigDecimal weight(String column) {
        BigDecimal weight = number(column, 15, 12);
        return weight == null || weight.scale() <= 4 ? weight : weight.setScale(4, RoundingMode.HALF_UP);
    }

    @Nullable
    BigDecimal exchangeRate(String column) {
        return number(column, 11, 8);
    }

    /** The ledger keeps so many digits before the point and decimals behind it: more would be rounded. */
    private @Nullable BigDecimal number(String column, int digits, int decimals) {
        String text = text(column);
        if (text == null) {
            return null;
        }
        if (Figures.isScientific(text)) {
            faults.add(BillingCode.INVOICE_SCIENTIFIC_NUMBER, row(), column, text);
            return null;
        }
        return Figures.read(text, delimiter)
                .filter(number -> Figures.isWithin(number, digits, decimals))
                .orElseGet(() -> {
                    faults.add(
                            BillingCode.INVOICE_BAD_NUMBER,
                            row(),
                            column,
                            text,
                            "digits",
                            digits,
                            "decimals",
                            decimals);
                    return null;
                });
    }

    /** ISO with or without dashes, or the day first, with slashes or dots. */
    @Nullable
    LocalDate date(String column) {
        String text = text(column);
        if (text == null || text.matches("0+")) {
            return null;
        }
        try {
            return text.matches("\\d+([/.])\\d+\\1\\d+")
                    ? dayFirst(column, text)
                    : text.length() == 8
                            ? LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE)
                            : LocalDate.parse(text.substring(0, Math.min(10, text.length())));
        } catch (DateTimeException e) {
            faults.add(BillingCode.INVOICE_BAD_DATE, row(), column, text);
            return null;
        }
    }

    /** Nobody parts a date by dots and writes the month first. */
    private LocalDate dayFirst(String column, String text) {
        LocalDate date = LocalDate.parse(text.replace('.', '/'), DAY_FIRST);
        if (text.indexOf('/') > 0) {
            faults.dates().note(new SlashedDates.Noted(date, row(), column, text));
        }
        return date;
    }

    /** A currency by its ISO 4217 code. */
    String currency(String column) {
        String text = needed(column);
        if (!text.isEmpty() && !isCurrency(text)) {
            faults.add(BillingCode.INVOICE_BAD_CURRENCY, row(), column, text);
        }
        return text;
    }

    static boolean isCurrency(String text) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(known -> known.getCurrencyCode().equals(text));
    }

    /** What these columns say, a line each and without the marks of a spreadsheet program, or null. */
    @Nullable
    String lines(String... columns) {
        String all = Stream.of(columns)
                .map(this::text)
                .filter(Objects::nonNull)
                .map(text -> Shortened.to(LONGEST_ID, unmarked(text)))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining("\n"));
        return all.isEmpty() ? null : Shortened.to(1000, all);
    }

    private void missing(String column) {
        if (text(column) == null) {
            faults.add(BillingCode.INVOICE_VALUE_MISSING, row(), column, "");
        }
    }
}
