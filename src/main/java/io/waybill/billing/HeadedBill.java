package io.waybill.billing;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An invoice under a header, known by columns that only its carrier has, in whatever capitals they are written. */
abstract class HeadedBill implements Layout {
    private final String name;
    private final List<String> marks;
    private final List<String> needed;

    /** The columns as the file writes them. */
    private final Map<String, String> written = new HashMap<>();

    /**
     * @param marks the columns it is known by
     * @param needed those it cannot be read without
     */
    HeadedBill(String name, List<String> marks, List<String> needed) {
        this.name = name;
        this.marks = marks;
        this.needed = needed;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Reading reading(Format format, char delimiter) {
        return Reading.of(format).withFallbackCharset(FALLBACK).withDelimiter(delimiter);
    }

    @Override
    public final boolean fits(List<String> firstRow) {
        return anyCase(firstRow).containsAll(marks);
    }

    @Override
    public final List<String> missing(List<String> firstRow) {
        Set<String> columns = anyCase(firstRow);
        return needed.stream().filter(column -> !columns.contains(column)).toList();
    }

    private static Set<String> anyCase(List<String> columns) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(columns);
        return all;
    }

    /** The cells of a row by the names its carrier gives the columns. */
    final Cells cells(Document document, char delimiter, Faults faults) {
        JsonNode row = document.tree();
        return new Cells(
                document, delimiter, faults, column -> written.computeIfAbsent(column, name -> written(row, name)));
    }

    private static String written(JsonNode row, String column) {
        return row.has(column)
                ? column
                : row.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(column::equalsIgnoreCase)
                        .findFirst()
                        .orElse(column);
    }
}
