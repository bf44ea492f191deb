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
 * @param records for JSON the names that lead to the array of documents; empty: the root
 */
public record Reading(
        Format format,
        @Nullable Charset charset,
        @Nullable Charset fallbackCharset,
        char delimiter,
        List<String> groupBy,
        List<String> records,
        Limits limits) {

    public Reading {
        groupBy = List.copyOf(groupBy);
        records = List.copyOf(records);
    }

    public static Reading of(Format format) {
        return new Reading(format, null, null, format == Format.TSV ? '\t' : ',', List.of(), List.of(), Limits.DEFAULT);
    }

    public Reading withCharset(@Nullable Charset only) {
        return new Reading(format, only, fallbackCharset, delimiter, groupBy, records, limits);
    }

    public Reading withFallbackCharset(@Nullable Charset fallback) {
        return new Reading(format, charset, fallback, delimiter, groupBy, records, limits);
    }

    public Reading withDelimiter(char between) {
        return new Reading(format, charset, fallbackCharset, between, groupBy, records, limits);
    }

    public Reading withGroupBy(List<String> columns) {
        return new Reading(format, charset, fallbackCharset, delimiter, columns, records, limits);
    }

    public Reading withRecords(List<String> names) {
        return new Reading(format, charset, fallbackCharset, delimiter, groupBy, names, limits);
    }

    public Reading withLimits(Limits other) {
        return new Reading(format, charset, fallbackCharset, delimiter, groupBy, records, other);
    }
}
