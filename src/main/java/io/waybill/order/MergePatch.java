package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON Merge Patch, RFC 7396: an object changes the fields it names, a null takes one away, anything else replaces. */
public final class MergePatch {
    private MergePatch() {}

    /** Neither argument is changed. */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode patched = target.isObject() ? target.deepCopy() : JsonNodeFactory.instance.objectNode();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                patched.remove(field.getKey());
            } else {
                patched.set(field.getKey(), apply(patched.path(field.getKey()), field.getValue()));
            }
        });
        return patched;
    }
}
