package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/** Reads and checks what a customer sent to the sandbox. */
final class Requests {
    static final int MAX_PARCELS = 40;
    private static final int LONGEST = 100;
    private static final BigDecimal LARGEST = new BigDecimal("1000000000");
    private static final List<String> ADDRESSES = List.of("shipFrom", "shipTo");

    private Requests() {}

    /** Two addresses with countries and 1 to 40 parcels, no text longer than 100 characters. */
    static ObjectNode read(byte[] body) {
        ObjectNode request = json(body);
        ADDRESSES.forEach(name -> checkAddress(name, request.path(name)));
        JsonNode parcels = request.path("parcels");
        if (!parcels.isArray() || parcels.isEmpty() || parcels.size() > MAX_PARCELS) {
            throw Refusal.field("parcels", "a shipment has 1 to " + MAX_PARCELS + " parcels", "parcels");
        }
        return request;
    }

    /** A required text of at most 100 characters. */
    static String text(ObjectNode request, String field) {
        String text = Json.text(request, field);
        if (text.isBlank() || text.length() > LONGEST) {
            throw Refusal.field("bad_field", field + " needs 1 to " + LONGEST + " characters", field);
        }
        return text;
    }

    /** A decimal number below a milliard, zero when absent. */
    static BigDecimal decimal(JsonNode json, String field, String pointer) {
        BigDecimal value = json.path(field).decimalValue();
        if (value.signum() < 0 || value.compareTo(LARGEST) > 0) {
            throw Refusal.field("bad_number", field + " is negative or too large", pointer);
        }
        return value;
    }

    private static ObjectNode json(byte[] body) {
        try {
            return Json.read(body);
        } catch (UncheckedIOException e) {
            throw Refusal.of(400, "bad_json", "the body is not a JSON object");
        }
    }

    private static void checkAddress(String name, JsonNode address) {
        address.properties().forEach(field -> {
            if (field.getValue().asText("").length() > LONGEST) {
                throw Refusal.field(
                        "too_long",
                        name + "." + field.getKey() + " has more than " + LONGEST + " characters",
                        name + "." + field.getKey());
            }
        });
        if (!Json.text(address, "country").matches("[A-Z]{2}")) {
            throw Refusal.field("country", name + " needs a country of two letters", name + ".country");
        }
    }
}
