package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** How adapters write requests: numbers keep their digits, what is empty is left out, what is too long is cut. */
public final class RequestJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private RequestJson() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(UTF_8);
    }

    /** Cut to the length the carrier takes; nothing when blank. */
    public static void put(ObjectNode out, String field, @Nullable String text, int most) {
        if (text != null && !text.isBlank()) {
            out.put(field, cut(text.strip(), most));
        }
    }

    /** Whole; nothing when blank. */
    public static void put(ObjectNode out, String field, @Nullable String text) {
        put(out, field, text, Integer.MAX_VALUE);
    }

    /**
     * Whole, where a part would be another: a number, a code, an address; nothing when blank.
     *
     * @throws RefusedException at this pointer when it is longer than the carrier takes
     */
    public static void fit(ObjectNode out, String field, @Nullable String text, int most, String pointer) {
        if (text != null && text.strip().length() > most) {
            throw Refusals.takesNot(text.strip(), pointer, "at most " + most + " characters");
        }
        put(out, field, text, most);
    }

    /** By characters, never in the middle of one. */
    public static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)).strip();
    }
}
