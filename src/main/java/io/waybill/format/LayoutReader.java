package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.LayoutField.Kind;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the CSV of a layout, or refuses it with everything that is wrong. */
final class LayoutReader {
    private static final Pattern PLACE = Pattern.compile("[1-9]\\d{0,5}");
    private static final Pattern TYPE = Pattern.compile("(text|raw|digits|record|filler|number)(\\d?)");
    private static final List<String> NEEDED = List.of("name", "from", "length");

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Begun> lines = new LinkedHashMap<>();

    /** A kind of line, with the fields read so far; what its first row says of it counts. */
    private record Begun(String under, String definition, List<LayoutField> fields) {}

    LayoutReader(String file) {
        this.file = file;
    }

    Layout read(InputStream csv) {
        try (DocumentReader rows = Formats.open(csv, file, Reading.savedCsv())) {
            for (String column : NEEDED) {
                if (!rows.columns().contains(column)) {
                    problems.add(Problem.of(FormatCode.LAYOUT_COLUMN_MISSING, "file", file, "column", column));
                }
            }
            for (Document row = rows.next(); row != null && problems.isEmpty(); row = rows.next()) {
                problems.addAll(row.problems());
                add(row);
            }
        }
        if (problems.isEmpty() && lines.isEmpty()) {
            problems.add(Problem.of(FormatCode.EMPTY_FILE, "file", file));
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        List<LineLayout> all = new ArrayList<>();
        lines.forEach(
                (record, begun) -> all.add(new LineLayout(record, begun.under(), begun.definition(), begun.fields())));
        return new Layout(all);
    }

    private void add(Document row) {
        JsonNode tree = row.tree();
        String record = text(tree, "record");
        String under = text(tree, "under");
        String type = text(tree, "type").toLowerCase(Locale.ROOT);
        Matcher kind = TYPE.matcher(type.isEmpty() ? "text" : type);
        boolean known =
                kind.matches() && (kind.group(2).isEmpty() || kind.group(1).equals("number"));
        check(row, "type", type, known, "text | raw | digits | number | number2 | record | filler");
        check(row, "from", text(tree, "from"), number(tree, "from"), "1 | 2 | 3");
        check(row, "length", text(tree, "length"), number(tree, "length"), "1 | 2 | 3");
        check(row, "name", text(tree, "name"), !text(tree, "name").isEmpty(), "order_no");
        boolean above = under.isEmpty() || under.equals(LineLayout.FILE) || lines.containsKey(under);
        check(row, "under", under, above, String.join(" | ", lines.keySet()));
        if (problems.isEmpty()) {
            Begun begun = lines.computeIfAbsent(
                    record, fresh -> new Begun(under, text(tree, "definition"), new ArrayList<>()));
            place(row, begun.fields(), field(tree, kind));
        }
    }

    private static LayoutField field(JsonNode tree, Matcher kind) {
        int decimals = kind.group(2).isEmpty() ? 0 : Integer.parseInt(kind.group(2));
        return new LayoutField(
                text(tree, "name"),
                Integer.parseInt(text(tree, "from")),
                Integer.parseInt(text(tree, "length")),
                Kind.valueOf(kind.group(1).toUpperCase(Locale.ROOT)),
                decimals);
    }

    private void place(Document row, List<LayoutField> line, LayoutField field) {
        for (LayoutField other : line) {
            boolean sameName = other.name().equals(field.name()) && field.kind() != Kind.FILLER;
            if (other.overlaps(field) || sameName) {
                problems.add(Problem.of(
                        FormatCode.LAYOUT_OVERLAPS,
                        "file",
                        file,
                        "row",
                        row.firstRow(),
                        "name",
                        field.name(),
                        "other",
                        other.name()));
            }
        }
        line.add(field);
    }

    private void check(Document row, String column, String value, boolean legal, String expected) {
        if (!legal) {
            problems.add(Problem.of(
                    FormatCode.BAD_LAYOUT_VALUE,
                    "file",
                    file,
                    "row",
                    row.firstRow(),
                    "column",
                    column,
                    "value",
                    value,
                    "legal",
                    expected));
        }
    }

    private static boolean number(JsonNode tree, String column) {
        return PLACE.matcher(text(tree, column)).matches();
    }

    private static String text(JsonNode tree, String column) {
        return tree.path(column).asText().strip();
    }
}
