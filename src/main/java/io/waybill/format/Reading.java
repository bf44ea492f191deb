package io.waybill.format;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to read a file.
 *
 * @param charset the one charset of the file, or null: byte order mark, else UTF-8, else the fallback
 * @param fallbackCharset for a file that is not UTF-8, or null: then undecodable bytes are a problem
 * @param delimiter of CSV cells
 * @param groupBy columns whose equal values gather following rows into one document; empty: one document per row
 * @param records for JSON the names that lead to the array of documents, for XML the elements that lead to each document,
 *     the root first; empty: the root
 * @param table where a table stands in its file, and which of its cells go on downwards
 * @param arrays of XML elements, records or segments, by their path below a document, those that are lists even where there
 *     is only one
 * @param fixed how fixed-length lines are cut
 * @param refusesCounts for X12 and EDIFACT whether a wrong control count or number is a problem instead of a note
 * @param delimiterOfHeader whether another delimiter counts where the header has it and not this one
 * @param plainQuotes for TSV whether a cell ends at the next tab and a row at its line end, whatever quotes stand there
 */
public record Reading(
        Format format,
        @Nullable Charset charset,
        @Nullable Charset fallbackCharset,
        char delimiter,
        boolean delimiterOfHeader,
        List<String> groupBy,
        List<String> records,
        Limits limits,
        Table table,
        List<String> arrays,
        Fixed fixed,
        boolean refusesCounts,
        boolean plainQuotes) {

    public Reading {
        groupBy = List.copyOf(groupBy);
        records = List.copyOf(records);
        arrays = List.copyOf(arrays);
    }

    public static Reading of(Format format) {
        return new Draft(format).reading();
    }

    /** CSV as a spreadsheet saves it: with the delimiter that its header has. */
    public static Reading savedCsv() {
        return of(Format.CSV).withDelimiterOfHeader(true);
    }

    /** The same table in another format, without its sheet and its delimiter; anything else has nothing of this one. */
    public Reading as(Format other) {
        Reading plain = of(other);
        return !format.tabular() || !other.tabular()
                ? plain
                : plain.withCharset(charset)
                        .withFallbackCharset(fallbackCharset)
                        .withGroupBy(groupBy)
                        .withLimits(limits)
                        .withTable(new Table("", Table.AUTO, table.fillDown()))
                        .withDelimiterOfHeader(other == Format.CSV);
    }

    /** What a sheet became that a spreadsheet saved as text, by the name of the file, also where that was packed. */
    public Optional<Format> savedAs(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (!format.sheet()) {
            return Optional.empty();
        }
        return name.endsWith(".csv")
                ? Optional.of(Format.CSV)
                : name.endsWith(".tsv") ? Optional.of(Format.TSV) : Optional.empty();
    }

    public Reading withCharset(@Nullable Charset only) {
        return with(draft -> draft.charset = only);
    }

    public Reading withFallbackCharset(@Nullable Charset fallback) {
        return with(draft -> draft.fallbackCharset = fallback);
    }

    public Reading withDelimiter(char between) {
        return with(draft -> draft.delimiter = between);
    }

    /** A table that was saved as text by a spreadsheet has the delimiter of its country. */
    private Reading withDelimiterOfHeader(boolean counts) {
        return with(draft -> draft.delimiterOfHeader = counts);
    }

    public Reading withGroupBy(List<String> columns) {
        return with(draft -> draft.groupBy = columns);
    }

    public Reading withRecords(List<String> names) {
        return with(draft -> draft.records = names);
    }

    public Reading withLimits(Limits other) {
        return with(draft -> draft.limits = other);
    }

    public Reading withTable(Table other) {
        return with(draft -> draft.table = other);
    }

    public Reading withArrays(List<String> paths) {
        return with(draft -> draft.arrays = paths);
    }

    public Reading withFixed(Fixed lines) {
        return with(draft -> draft.fixed = lines);
    }

    public Reading withRefusedCounts(boolean refused) {
        return with(draft -> draft.refusesCounts = refused);
    }

    public Reading withPlainQuotes(boolean plain) {
        return with(draft -> draft.plainQuotes = plain);
    }

    private Reading with(Consumer<Draft> change) {
        Draft draft = new Draft(format);
        draft.charset = charset;
        draft.fallbackCharset = fallbackCharset;
        draft.delimiter = delimiter;
        draft.delimiterOfHeader = delimiterOfHeader;
        draft.groupBy = groupBy;
        draft.records = records;
        draft.limits = limits;
        draft.table = table;
        draft.arrays = arrays;
        draft.fixed = fixed;
        draft.refusesCounts = refusesCounts;
        draft.plainQuotes = plainQuotes;
        change.accept(draft);
        return draft.reading();
    }

    /** Whether fields are columns with plain names; a dot in a name is part of it. */
    public boolean tabular() {
        return format.tabular() || (format == Format.FIXED && !fixed.layout().recorded());
    }

    /** One that is still being said. */
    private static final class Draft {
        private final Format format;
        private @Nullable Charset charset;
        private @Nullable Charset fallbackCharset;
        private char delimiter;
        private boolean delimiterOfHeader;
        private List<String> groupBy = List.of();
        private List<String> records = List.of();
        private Limits limits = Limits.DEFAULT;
        private Table table = Table.PLAIN;
        private List<String> arrays = List.of();
        private Fixed fixed = Fixed.NONE;
        private boolean refusesCounts;
        private boolean plainQuotes;

        Draft(Format format) {
            this.format = format;
            this.delimiter = format == Format.TSV ? '\t' : ',';
        }

        Reading reading() {
            return new Reading(
                    format,
                    charset,
                    fallbackCharset,
                    delimiter,
                    delimiterOfHeader,
                    groupBy,
                    records,
                    limits,
                    table,
                    arrays,
                    fixed,
                    refusesCounts,
                    plainQuotes);
        }
    }
}
