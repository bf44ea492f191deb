package io.waybill.carrier;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Format {@code PDF PNG ZPL EPL2}, size {@code 4x6 4x8 A4 A5 A6 letter}, dots per inch 203 or 300.
 *
 * @param numbers the tracking numbers by parcel, from 1, of a label that is asked for after its purchase; empty where none is known
 */
public record LabelRequest(
        String format, String size, int dpi, @JsonIgnore SortedMap<Integer, String> numbers) {
    public LabelRequest {
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    }

    /** Of whatever parcels there are. */
    public LabelRequest(String format, String size, int dpi) {
        this(format, size, dpi, Collections.emptySortedMap());
    }

    /** The same of these parcels. */
    public LabelRequest of(Map<Integer, String> numbers) {
        return new LabelRequest(format, size, dpi, new TreeMap<>(numbers));
    }
}
