package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * Where in the source a line reads, and where in the target it writes.
 *
 * @param here the document, or the element of the {@code each} around the line
 * @param above what holds it; null of the document, and where no line asks
 * @param row the row a person would look at
 * @param place the element of a target list it writes into; null in the document itself
 */
record Scope(
        JsonNode here,
        @Nullable Held above,
        JsonNode root,
        long row,
        @Nullable Place place) {
    static Scope of(JsonNode tree, long row) {
        return new Scope(tree, null, tree, row, null);
    }

    /** Here, or what holds it, so many steps up. */
    JsonNode here(int ups) {
        return ups == 0 ? here : held(ups).node();
    }

    /** The same with what holds that. */
    Held held(int ups) {
        Held at = new Held(here, above);
        for (int i = 0; i < ups && at != null; i++) {
            at = at.above();
        }
        return at == null ? new Held(MissingNode.getInstance(), null) : at;
    }
}
