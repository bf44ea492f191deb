package io.waybill.edge;

import io.waybill.batch.Fate;
import io.waybill.batch.LogPlace;
import io.waybill.batch.Report;
import io.waybill.format.Document;
import io.waybill.format.Formats;
import io.waybill.mapping.MappingCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Sha256;
import io.waybill.text.Shortened;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One polled row as a document.
 *
 * @param key the value of its key column, of the column's own type
 * @param columns as they were read, by name in lower case
 */
record SqlRow(Object key, Map<String, Object> columns, Document document) {
    private static final int LONGEST_RESULT = 500;

    static SqlRow of(Map<?, ?> row, String keyColumn) {
        Map<String, Object> columns = new LinkedHashMap<>();
        row.forEach((name, value) -> columns.put(String.valueOf(name).toLowerCase(Locale.ROOT), value));
        Object key = columns.get(keyColumn.toLowerCase(Locale.ROOT));
        if (key == null) {
            throw new ProblemException(Problem.of(
                    PortCode.MISSING_KEY_COLUMN, "column", keyColumn, "known", String.join(", ", columns.keySet())));
        }
        return new SqlRow(key, columns, Formats.row(columns));
    }

    String name() {
        return "row " + Formats.text(key);
    }

    /** What a person is told of rows that do not fit their mapping; of what they have too much only where they lack nothing. */
    Problem unfit(String source, List<Problem> unfit) {
        List<Problem> lacking = unfit.stream()
                .filter(problem -> !problem.code().equals(MappingCode.UNMAPPED_SOURCE_FIELD.code()))
                .toList();
        return lacking.isEmpty() ? surplus(source, unfit) : lacking(source, lacking);
    }

    private static Problem surplus(String source, List<Problem> unread) {
        return Problem.of(
                PortCode.ROW_COLUMNS_SURPLUS,
                "source",
                source,
                "columns",
                all(unread, "unread"),
                "mapping",
                all(unread, "mapping"),
                "nearest",
                all(unread, "near"));
    }

    private Problem lacking(String source, List<Problem> lacking) {
        return Problem.of(
                PortCode.ROW_COLUMNS_MISSING,
                "source",
                source,
                "columns",
                all(lacking, "column"),
                "needed",
                all(lacking, "needed"),
                "known",
                Shortened.openly(LONGEST_RESULT, String.join(", ", columns.keySet())));
    }

    private static String all(List<Problem> problems, String value) {
        return Shortened.openly(
                LONGEST_RESULT,
                problems.stream()
                        .map(problem -> problem.values().getOrDefault(value, ""))
                        .filter(said -> !said.isBlank())
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    /** The primary key, and a digest: a row written anew and offered again under its key is not the row taken before. */
    String dedupeKey() {
        return "row:" + Formats.text(key) + ":" + digest();
    }

    /** The same of a row of a table that only grows: what it says is older than what a row of a higher number does. */
    String dedupeKey(long number) {
        return LogPlace.ofRow(number).key(digest());
    }

    private String digest() {
        return Sha256.of(document.tree().toString()).substring(0, 24);
    }

    /** Whether it can only be decided later, and is to be left as it is until then. */
    static boolean comesAgain(Report report) {
        return report.lines().stream()
                .anyMatch(line -> "order-bought-meanwhile".equals(line.fate().code()));
    }

    /** What became of it in a word: {@code accepted}, {@code conflict}. */
    static String outcome(Report report) {
        return report.lines().get(0).fate().result().word();
    }

    /** The word, and behind a colon why where that is to be said ({@code rejected: …}), for a text column of 500. */
    static String told(Report report, Locale language) {
        Fate fate = report.lines().get(0).fate();
        String why = fate.problems().stream()
                .map(problem -> problem.sentence(language))
                .collect(Collectors.joining("; "));
        String text = fate.result().word() + (why.isEmpty() ? "" : ": " + why);
        return Shortened.to(LONGEST_RESULT, text);
    }
}
