package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Where in the source a line reads, and where in the target it writes.
 *
 * @param here the document, or the element of the {@code each} around the line
 * @param row the row a person would look at
 * @param place the element of a target list it writes into; null in the document itself
 */
record Scope(
        JsonNode here, JsonNode root, long row, @Nullable Place place) {
    static Scope of(JsonNode tree, long row) {
        return new Scope(tree, tree, row, null);
    }
}
