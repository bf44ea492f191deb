package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;

/** A document that came alone, not in a file with others. */
public final class CameAlone {
    private CameAlone() {}

    public static Origin of(String key, JsonNode document) {
        return new Origin(key, document, null, null, null, null);
    }
}
