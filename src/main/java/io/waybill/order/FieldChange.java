package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One field that differs between two documents.
 *
 * @param pointer JSON pointer of the field
 * @param before null when the field was not given
 * @param after null when the field is not given any more
 */
public record FieldChange(
        String pointer, @Nullable JsonNode before, @Nullable JsonNode after) {}
