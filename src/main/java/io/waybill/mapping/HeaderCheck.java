package io.waybill.mapping;

import io.waybill.format.Format;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A file's header beside what a mapping reads: told once, not once a row. */
record HeaderCheck(Mapping mapping, List<String> columns, String fileName) {
    private static final int LONGEST_LIST = 400;
    private static final int MOST_NEAR = 8;

    List<Problem> problems() {
        boolean lacks = mapping.needed().stream().anyMatch(needed -> !needed.among(columns));
        if (lacks && !otherDelimiter().isEmpty()) {
            return otherDelimiters();
        }
        return lacks && isOther() ? otherHeader() : byColumn();
    }

    /** By column, whatever else the header may be. */
    List<Problem> byColumn() {
        List<Problem> problems = new ArrayList<>(lacking());
        List<String> unread = mapping.unread(columns);
        if (mapping.refusesUnread() && !unread.isEmpty()) {
            problems.add(problem(MappingCode.UNMAPPED_SOURCE_FIELD)
                    .with("unread", Shortened.openly(LONGEST_LIST, String.join(", ", unread)))
                    .with("near", String.join(", ", near(unread))));
        }
        return problems;
    }

    /** Whether nothing in it is read, nor much the same as what is: a title above the header, or the header of another file. */
    private boolean isOther() {
        return !columns.isEmpty()
                && mapping.unread(columns).size() == columns.size()
                && near(columns).isEmpty()
                && columns.stream()
                        .limit(MOST_NEAR)
                        .allMatch(column ->
                                Nearest.all(column, mapping.readSet().columns()).isEmpty());
    }

    /** Only the first of them is told: where a file has no header at all, they are what it says of a person. */
    private List<Problem> otherHeader() {
        String needed = mapping.needed().stream()
                .map(column -> column.names().get(0))
                .distinct()
                .collect(Collectors.joining(", "));
        return List.of(problem(MappingCode.OTHER_HEADER)
                .with("header", Masked.brief(columns.get(0)))
                .with("needed", Shortened.openly(LONGEST_LIST, needed)));
    }

    /** What the mapping reads under a name that is much the same, and the file does not have. */
    private List<String> near(List<String> unread) {
        List<String> missing = mapping.readSet().columns().stream()
                .filter(column -> !columns.contains(column))
                .toList();
        return unread.stream()
                .limit(MOST_NEAR)
                .flatMap(column -> Nearest.named(column, missing).stream())
                .distinct()
                .limit(MOST_NEAR)
                .toList();
    }

    /** Those that are needed and not there. */
    private List<Problem> lacking() {
        Set<String> told = new HashSet<>();
        return mapping.needed().stream()
                .filter(needed ->
                        !needed.among(columns) && told.add(needed.names().get(0)))
                .map(needed -> problem(MappingCode.UNKNOWN_COLUMN)
                        .with("needed", mapping.file() + ":" + needed.line())
                        .with("column", String.join(" / ", needed.names()))
                        .with("nearest", Nearest.to(needed.names().get(0), columns)))
                .toList();
    }

    /** The same problem, or that of another delimiter where that is why the column rows are grouped by is not there. */
    static ProblemException better(ProblemException problem, Mapping mapping, String fileName) {
        Map<String, String> said = problem.problems().get(0).values();
        boolean single = "1".equals(said.get("columns"));
        HeaderCheck check = new HeaderCheck(mapping, List.of(said.getOrDefault("known", "")), fileName);
        return single && !check.otherDelimiter().isEmpty() ? new ProblemException(check.otherDelimiters()) : problem;
    }

    /** What stands between the names of a header that is one cell only; empty where nothing does. */
    private String otherDelimiter() {
        Format format = mapping.reads().format();
        boolean delimited = format == Format.CSV || format == Format.TSV;
        String header = delimited && columns.size() == 1 ? columns.get(0) : "";
        return Stream.of(";", "\t", ",", "|")
                .filter(header::contains)
                .map(mark -> mark.equals("\t") ? "\\t" : mark)
                .findFirst()
                .orElse("");
    }

    private List<Problem> otherDelimiters() {
        return List.of(problem(MappingCode.OTHER_DELIMITER)
                .with("header", Masked.brief(columns.get(0)))
                .with("delimiter", otherDelimiter()));
    }

    private Problem problem(MappingCode code) {
        return Problem.of(code, "file", fileName, "line", 1, "mapping", mapping.name(), "version", mapping.version());
    }
}
