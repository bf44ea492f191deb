package io.waybill.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a document is spelled. {@code row} is one row of an SQL result, as a map or as a JSON object. */
public enum Format {
    CSV,
    TSV,
    XLSX,
    XLS,
    JSON,
    NDJSON,
    XML,
    X12,
    EDIFACT,
    FIXED,
    IDOC_FLAT,
    ROW;

    /** The word in a mapping file: {@code csv}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How a file ends in which the hub writes documents of it: {@code csv}; rows as JSON, an old workbook as a new one. */
    public String ending() {
        return switch (this) {
            case ROW -> "json";
            case XLS -> "xlsx";
            case FIXED -> "txt";
            case IDOC_FLAT -> "idoc";
            default -> word();
        };
    }

    /** Fields are columns with plain names; a dot in a name is part of it. */
    public boolean tabular() {
        return this == CSV || this == TSV || this == ROW || sheet();
    }

    /** A workbook of a spreadsheet program. */
    public boolean sheet() {
        return this == XLSX || this == XLS;
    }

    /** Lines whose fields stand in fixed places. */
    public boolean lines() {
        return this == FIXED || this == IDOC_FLAT;
    }

    /** Electronic data interchange: segments in envelopes. */
    public boolean edi() {
        return this == X12 || this == EDIFACT;
    }

    public static Optional<Format> read(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Format::word).toList();
    }
}
