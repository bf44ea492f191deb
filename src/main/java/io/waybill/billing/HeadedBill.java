package io.waybill.billing;

import io.waybill.format.Format;
import io.waybill.format.Reading;
import java.util.List;

/** An invoice under a header, known by columns that only its carrier has. */
abstract class HeadedBill implements Layout {
    private final String name;
    private final List<String> marks;
    private final List<String> needed;

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
        return firstRow.containsAll(marks);
    }

    @Override
    public final List<String> missing(List<String> firstRow) {
        return needed.stream().filter(column -> !firstRow.contains(column)).toList();
    }
}
