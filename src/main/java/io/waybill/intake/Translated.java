package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A source document in canonical shape.
 *
 * @param skipped why the mapping says it is not ours, or null
 * @param stops under which name the door stands by which the order that {@code canonical} names is called off or waits, or null
 */
public record Translated(
        JsonNode canonical,
        @Nullable String mapping,
        @Nullable Integer version,
        @Nullable String skipped,
        @Nullable String stops) {
    /** One that no mapping is applied to. */
    public static Translated asItIs(JsonNode order) {
        return new Translated(order, null, null, null, null);
    }

    boolean isNoOrder() {
        return skipped != null && stops == null;
    }
}
