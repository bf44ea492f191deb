package io.waybill.format;

import java.nio.charset.Charset;
import java.util.List;
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
 * @param plainQuotes for TSV whether a cell ends at the next tab and a row at its line end, whatever quotes stand there
 */
public record Reading(
        Format format,
        @Nullable Charset charset,
        @Nullable Charset fallbackCharset,
        char delimiter,
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
        char delimiter = format == Format.TSV ? '\t' : ',';
        return new Reading(
                format,
                null,
                null,
                delimiter,
                List.of(),
                List.of(),
                Limits.DEFAULT,
                Table.PLAIN,
                List.of(),
                Fixed.NONE,
                false,
                false);
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
                        .withTable(new Table("", Table.AUTO, table.fillDown()));
    }

    public Reading withCharset(@Nullable Charset only) {
        return new Reading(
                format,
                only,
                fallbackCharset,
                delimiter,
                groupBy,
                records,
                limits,
                table,
                arrays,
                fixed,
                refusesCounts,
                plainQuotes);
    }

    public Reading withFallbackCharset(@Nullable Charset fallback) {
        return new Reading(
                format,
                charset,
                fallback,
                delimiter,
                groupBy,
                records,
                limits,
                table,
                arrays,
                fixed,
                refusesCounts,
                plainQuotes);
    }

    public Reading withDelimiter(char between) {
        return new Reading(
                format,
                charset,
                fallbackCharset,
                between,
                groupBy,
                records,
                limits,
                table,
                arrays,
                fixed,
                refusesCounts,
                plainQuotes);
    }

    public Reading withGroupBy(List<String> columns) {
        return new Reading(
                format,
                charset,
                fallbackCharset,
                delimiter,
                columns,
                records,
                limits,
                table,
                arrays,
                fixed,
                refusesCounts,
                plainQuotes);
    }

    public Reading withRecords(List<String> names) {
        return new Reading(
                format,
                charset,
                fallbackCharset,
                delimiter,
                groupBy,
                names,
                limits,
                table,
                arrays,
                fixed,
                refusesCounts,
                plainQuotes);
    }

    public Reading withLimits(Limits other) {
        return new Reading(
                format,
                charset,
                fallbackCharset,
                delimiter,
                groupBy,
                records,
                other,
                table,
                arrays,
                fixed,
                refusesCounts,
                plainQuotes);
    }

    public Reading withTable(Table other) {
        return new Reading(
                format,
                charset,
                fallbackCharset,
                delimiter,
                groupBy,
                records,
                limits,
                other,
                arrays,
                fixed,
                refusesCounts,
                plainQuotes);
    }

    public Reading withArrays(List<String> paths) {
        return new Reading(
                format,
                charset,
                fallbackCharset,
                delimiter,
                groupBy,
                records,
                limits,
                table,
                paths,
                fixed,
                refusesCounts,
                plainQuotes);
    }

    public Reading withFixed(Fixed lines) {
        return new Reading(
                format,
                charset,
                fallbackCharset,
                delimiter,
                groupBy,
                records,
                limits,
                table,
                arrays,
                lines,
                refusesCounts,
                plainQuotes);
    }

    /** Whether fields are columns with plain names; a dot in a name is part of it. */
    public boolean tabular() {
        return format.tabular() || (format == Format.FIXED && !fixed.layout().recorded());
    }

    public Reading withRefusedCounts(boolean refused) {
        return new Reading(
                format,
                charset,
                fallbackCharset,
                delimiter,
                groupBy,
                records,
                limits,
                table,
                arrays,
                fixed,
                refused,
                plainQuotes);
    }

    public Reading withPlainQuotes(boolean plain) {
        return new Reading(
                format,
                charset,
                fallbackCharset,
                delimiter,
                groupBy,
                records,
                limits,
                table,
                arrays,
                fixed,
                refusesCounts,
                plain);
    }
}
