package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** Reads what a customer sent to the sandbox. */
final class Requests {
    private static final int LONGEST = 100;

    private Requests() {}

    static ObjectNode read(byte[] body) {
        try {
            return Json.read(body);
        } catch (UncheckedIOException e) {
            throw Refusal.of(400, "bad_json", "the body is not a JSON object");
        }
    }

    /** A required text of at most 100 characters. */
    static String text(ObjectNode request, String field) {
        String text = Json.text(request, field);
        if (text.isBlank() || text.length() > LONGEST) {
            throw Refusal.field("bad_field", field + " needs 1 to " + LONGEST + " characters", field);
        }
        return text;
    }
}
