package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where in the source a line reads.
 *
 * @param here the document, or the element of the {@code each} around the line
 * @param row the row a person would look at
 */
record Scope(JsonNode here, JsonNode root, long row) {}
