package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** One verb: a value in, a value out, or null when it was refused through the spot. Never sees an absent value. */
interface Step {
    @Nullable
    JsonNode apply(JsonNode value, Spot spot);
}
