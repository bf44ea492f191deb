package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A step of a path that takes, of a list, the first element whose field has this value: {@code [PARVW=WE]}. */
record Chosen(String field, String value) {

    static Chosen of(String test) {
        int equals = test.indexOf('=');
        return new Chosen(test.substring(0, equals), test.substring(equals + 1));
    }

    @Override
    public String toString() {
        return field + "=" + value;
    }

    /** What is no list is a list of one. */
    @Nullable
    JsonNode in(JsonNode at) {
        if (!at.isArray()) {
            return chosen(at) ? at : null;
        }
        for (JsonNode element : at) {
            if (chosen(element)) {
                return element;
            }
        }
        return null;
    }

    private boolean chosen(JsonNode element) {
        return element.isObject() && Values.text(element.path(field)).equals(value);
    }
}
