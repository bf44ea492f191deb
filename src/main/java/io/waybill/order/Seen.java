package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;

/** A value as a problem may quote it: at most 80 characters, none of them a control character. */
final class Seen {
    private static final int LONGEST = 80;

    private Seen() {}

    static String text(String value) {
        String clean = value.codePoints()
                .limit(LONGEST + 1)
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.codePointCount(0, clean.length()) > LONGEST
                ? clean.substring(0, clean.offsetByCodePoints(0, LONGEST)) + "…"
                : clean;
    }

    static String value(JsonNode node) {
        return text(node.isContainerNode() ? type(node) : node.asText());
    }

    /** The JSON word for what a node is: string, number, boolean, object, array, null. */
    static String type(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case NULL, MISSING -> "null";
            case BINARY -> "binary";
        };
    }
}
