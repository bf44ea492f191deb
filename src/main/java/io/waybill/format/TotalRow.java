package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.text.Meant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The row below a table that adds it up. Where blank cells mean the value above it would be one more line of the order above:
 * it is passed over, and that is told.
 */
final class TotalRow {
    private static final Set<String> WORDS = Set.of(
            "total",
            "totals",
            "grand total",
            "subtotal",
            "sub-total",
            "sub total",
            "sum",
            "summe",
            "gesamt",
            "gesamtsumme",
            "zwischensumme",
            "totale",
            "totaal",
            "total général",
            "suma",
            "合计",
            "总计",
            "小计",
            "共计",
            "合計",
            "總計",
            "小計",
            "総計");

    /** A number with its sign, percent, currency or unit, as sheets show them; or signs alone. */
    private static final Pattern AMOUNT = Pattern.compile(
            "\\p{L}{0,3}[\\p{Sc} .]{0,3}[-+(\u2212]?\\d[\\d.,'’ \u00A0\u202F]{0,40}[)%]?[ ]?[\\p{L}\\p{Sc}]{0,3}|[^\\p{L}\\d]+");

    private TotalRow() {}

    /**
     * What is told of a row that is one.
     *
     * @param column by its name, in which its cell is blank
     * @param blank that cell
     * @param telling the columns that tell what a row belongs to: it says nothing in them, but for its word
     */
    static Optional<Problem> told(
            String file, String column, FillDown.Cell blank, RawRow raw, Collection<Integer> telling) {
        int first = firstFilled(raw);
        String word = raw.meant(first);
        boolean tellsNothing = telling.stream()
                .allMatch(each -> each == first || raw.meant(each).isEmpty());
        return isWord(word) && tellsNothing && allAmounts(raw.cells(), first + 1)
                ? Optional.of(Problem.of(
                        FormatCode.TOTAL_ROW,
                        "file",
                        file,
                        "row",
                        raw.number(),
                        "value",
                        word,
                        "column",
                        column,
                        "earlier",
                        blank.from()))
                : Optional.empty();
    }

    private static int firstFilled(RawRow raw) {
        int first = 0;
        while (first < raw.cells().size() && raw.meant(first).isEmpty()) {
            first++;
        }
        return first;
    }

    private static boolean isWord(String cell) {
        return WORDS.contains(Meant.line(cell).toLowerCase(Locale.ROOT).replaceFirst(" ?[:：]$", ""));
    }

    private static boolean allAmounts(List<String> cells, int from) {
        return cells.stream()
                .skip(from)
                .map(Meant::of)
                .allMatch(cell -> cell.isEmpty() || AMOUNT.matcher(cell).matches());
    }
}
