package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A column of which a line takes what the document's first row says: one outside of a list, or one in a list that reads
 * {@code $.column}.
 *
 * @param pointer of what the line writes
 * @param before the columns of which the line takes one first
 */
record Taken(Field by, String pointer, Use use, String column, List<String> before) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}([.,]\\d{1,15})?");

    /** For the value, for the unit or currency beside it, or for whether the line is written at all. */
    enum Use {
        VALUE,
        BESIDE,
        CONDITION
    }

    static Stream<Taken> by(Line line) {
        return line instanceof Each each
                ? each.lines().all().stream()
                        .flatMap(inner -> inner instanceof Field field ? inList(each, field) : Stream.empty())
                : line instanceof Field field ? by(field) : Stream.empty();
    }

    /** Where it may take a column of its own row as well, each row says what it says. */
    private static Stream<Taken> inList(Each each, Field field) {
        String pointer = each.target().pointer() + "/0" + field.target().pointer();
        Stream<Taken> value = ofDocument(field, pointer, Use.VALUE, field.source());
        return Stream.concat(
                value, field.beside().stream().flatMap(source -> ofDocument(field, pointer, Use.BESIDE, source)));
    }

    private static Stream<Taken> ofDocument(Field field, String pointer, Use use, Source source) {
        boolean only = source.paths().stream().allMatch(SourcePath::fromRoot);
        return only ? of(field, pointer, use, source) : Stream.empty();
    }

    private static Stream<Taken> by(Field field) {
        String pointer = field.target().pointer();
        Stream<Taken> value = of(field, pointer, Use.VALUE, field.source());
        Stream<Taken> beside = field.beside().stream().flatMap(source -> of(field, pointer, Use.BESIDE, source));
        When when = field.when();
        Stream<Taken> asked = when == null
                ? Stream.empty()
                : when.columns().map(column -> new Taken(field, pointer, Use.CONDITION, column, List.of()));
        return Stream.of(value, beside, asked).flatMap(all -> all);
    }

    private static Stream<Taken> of(Field field, String pointer, Use use, Source source) {
        List<String> columns =
                source.paths().stream().flatMap(path -> path.names().stream()).toList();
        boolean first = source instanceof Source.First;
        return IntStream.range(0, columns.size())
                .mapToObj(
                        i -> new Taken(field, pointer, use, columns.get(i), first ? columns.subList(0, i) : List.of()));
    }

    /** Whether this row says something else, and the line would write something else for it. */
    boolean differs(Scope document, JsonNode row, Run run) {
        JsonNode first = document.here().path(column);
        JsonNode cell = row.path(column);
        if (cell.equals(first) || Values.absent(cell)) {
            return false;
        }
        return switch (use) {
            case VALUE -> says(cell, first) && (by.when() == null || by.when().holds(document));
            case BESIDE -> says(cell, first) && writes(document, run);
            case CONDITION -> writes(document, run) != writes(OneOfRows.asFirst(document, row), run);
        };
    }

    private boolean writes(Scope document, Run run) {
        return by.value(new Spot(run, document)) != null;
    }

    private static boolean says(JsonNode cell, JsonNode first) {
        String one = Values.text(cell);
        String other = Values.text(first);
        return !one.equalsIgnoreCase(other) && !isTheSameNumber(one, other);
    }

    /** {@code 1.20} and {@code 1.2}. */
    private static boolean isTheSameNumber(String one, String other) {
        return NUMBER.matcher(one).matches()
                && NUMBER.matcher(other).matches()
                && new BigDecimal(one.replace(',', '.')).compareTo(new BigDecimal(other.replace(',', '.'))) == 0;
    }
}
