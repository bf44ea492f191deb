package io.waybill.carrier;

import io.waybill.measure.Country;
import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row of a rate sheet's file. A cell that cannot be read is a problem by file, line and column. */
record SheetRow(String file, long line, Map<String, String> cells, List<Problem> problems) {
    static final List<String> DATES = List.of("valid_from", "valid_to");

    String text(String column) {
        return cells.getOrDefault(column, "");
    }

    String required(String column) {
        if (text(column).isEmpty()) {
            refuse(column, "something");
        }
        return text(column);
    }

    /** Null when the cell is empty or wrong. */
    @Nullable
    BigDecimal decimal(String column) {
        String text = text(column);
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("\\d{1,12}(\\.\\d{1,6})?")) {
            refuse(column, "12.50");
            return null;
        }
        return new BigDecimal(text);
    }

    /** Zero when the cell is empty or wrong. */
    BigDecimal decimalOrZero(String column) {
        BigDecimal value = decimal(column);
        return value == null ? BigDecimal.ZERO : value;
    }

    @Nullable
    Integer whole(String column) {
        String text = text(column);
        if (!text.isEmpty() && !text.matches("\\d{1,4}")) {
            refuse(column, "3");
            return null;
        }
        return text.isEmpty() ? null : Integer.valueOf(text);
    }

    /** A country by its code of two letters, however it is written; {@code *} and an empty cell as they are. */
    String country(String column) {
        String text = text(column);
        Optional<String> known = Country.read(text).map(Country::alpha2);
        if (known.isEmpty() && !text.matches("[A-Za-z]{2}|\\*|")) {
            refuse(column, "US, DE, CN, *");
        }
        return known.orElse(text.toUpperCase(Locale.ROOT));
    }

    /** The country of a row about places; {@code *} is no country that a postal code could be of. */
    String place() {
        required("country");
        if (text("country").equals("*") && !text("postal").isEmpty()) {
            refuse("postal", "country=US, DE, CN");
        }
        return country("country");
    }

    /** The same where {@code *} is any country, as an empty cell is. */
    String anyCountry(String column) {
        String country = country(column);
        return country.equals("*") ? "" : country;
    }

    /** Null when the cell is empty. */
    @Nullable
    Boolean flag(String column) {
        String text = text(column);
        if (!text.isEmpty() && !text.equals("yes") && !text.equals("no")) {
            refuse(column, "yes, no");
        }
        return text.isEmpty() ? null : Boolean.valueOf(text.equals("yes"));
    }

    String oneOf(String column, List<String> words) {
        String text = text(column).isEmpty() ? words.get(0) : text(column);
        if (!words.contains(text)) {
            refuse(column, String.join(", ", words));
        }
        return text;
    }

    @Nullable
    Currency currency(String column) {
        try {
            return Currency.getInstance(required(column));
        } catch (IllegalArgumentException e) {
            refuse(column, "ISO 4217: USD, EUR, CNY");
            return null;
        }
    }

    Validity validity() {
        Validity validity = new Validity(date("valid_from"), date("valid_to"));
        if (validity.from() != null && validity.to() != null && validity.to().isBefore(validity.from())) {
            refuse("valid_to", ">= " + validity.from());
        }
        return validity;
    }

    private @Nullable LocalDate date(String column) {
        try {
            return text(column).isEmpty() ? null : LocalDate.parse(text(column));
        } catch (DateTimeException e) {
            refuse(column, "2026-11-24");
            return null;
        }
    }

    /** The beginnings of postal codes that a cell names. */
    List<String> beginnings(String column) {
        List<String> beginnings = Postal.beginnings(text(column));
        if (beginnings.isEmpty()) {
            refuse(column, "967 968, 004-005");
        }
        return beginnings;
    }

    void refuse(String column, String legal) {
        problems.add(Problem.of(
                CarrierCode.RATE_SHEET_CELL,
                "file",
                file,
                "line",
                line,
                "column",
                column,
                "value",
                text(column),
                "legal",
                legal));
    }
}
