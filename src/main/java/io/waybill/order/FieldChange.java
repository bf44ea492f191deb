package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One field that differs between two documents.
 *
 * @param pointer JSON pointer of the field
 * @param before null when the field was not given
 * @param after null when the field is not given any more
 */
public record FieldChange(
        String pointer, @Nullable JsonNode before, @Nullable JsonNode after) {
    private static final int TOLD = 20;

    /** Which fields they are, for a sentence: the first of many. */
    public static String told(List<FieldChange> changes) {
        return changes.stream().map(FieldChange::pointer).limit(TOLD).collect(Collectors.joining(", "));
    }
}
