package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A part of a document, and what it is a field of. An element of a list is a field of what has the list.
 *
 * @param above null of the document itself
 */
record Held(JsonNode node, @Nullable Held above) {}
