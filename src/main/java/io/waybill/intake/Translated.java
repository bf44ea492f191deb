package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A source document in canonical shape.
 *
 * @param skipped why the mapping says it is not ours, or null
 * @param stops under which name the door stands by which the order that {@code canonical} names is called off or waits, or null
 * @param sourced names beside problems of {@code canonical} what its mapping read there
 */
public record Translated(
        JsonNode canonical,
        @Nullable String mapping,
        @Nullable Integer version,
        @Nullable String skipped,
        @Nullable String stops,
        UnaryOperator<List<Problem>> sourced) {
    /** One whose problems are told by where they stand in {@code canonical}. */
    public Translated(
            JsonNode canonical,
            @Nullable String mapping,
            @Nullable Integer version,
            @Nullable String skipped,
            @Nullable String stops) {
        this(canonical, mapping, version, skipped, stops, UnaryOperator.identity());
    }

    /** One that no mapping is applied to. */
    public static Translated asItIs(JsonNode order) {
        return new Translated(order, null, null, null, null);
    }

    boolean isNoOrder() {
        return skipped != null && stops == null;
    }
}
