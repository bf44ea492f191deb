package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * How adapters write requests: numbers keep their digits, what is empty is left out. Of what is too long {@link #put words} are cut,
 * {@link #fit what stands for somebody or something} is refused, and {@link #optional what a label can do without} stays out.
 */
public final class RequestJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private RequestJson() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(UTF_8);
    }

    /** Words that say what is in a parcel, or what a person reads on its label: cut to the length the carrier takes; nothing when blank. */
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
     * Whole, where a part would be another: a name, a number, a code, an address; nothing when blank.
     *
     * @throws RefusedException at this pointer when it is longer than the carrier takes
     */
    public static void fit(ObjectNode out, String field, @Nullable String text, int most, String pointer) {
        if (text != null && isLonger(text.strip(), most)) {
            throw Refusals.takesNot(text.strip(), pointer, "at most " + most + " characters");
        }
        put(out, field, text);
    }

    /** Whole, or left out where it is longer than the carrier takes: no label waits for it; nothing when blank. */
    public static void optional(ObjectNode out, String field, @Nullable String text, int most) {
        put(out, field, text == null || isLonger(text.strip(), most) ? null : text);
    }

    /** By characters, never in the middle of one. */
    public static String cut(String text, int most) {
        return isLonger(text, most)
                ? text.substring(0, text.offsetByCodePoints(0, most)).strip()
                : text;
    }

    private static boolean isLonger(String text, int most) {
        return text.codePointCount(0, text.length()) > most;
    }
}
