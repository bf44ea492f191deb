package io.waybill.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON answer with one thing in it as carriers send it and their documents do not have it: left out, null, an empty text, a
 * text for a number, a text that means nothing, one object for a list of one, a list for one object; and with a field nobody knows.
 *
 * @param at a JSON pointer into the answer
 */
public record Damage(String at, String how, byte[] answer) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Each place left out, each value garbled, and each place once more in another way: null, empty, or of another shape. */
    public static List<Damage> of(byte[] answer) {
        try {
            JsonNode whole = JSON.readTree(answer);
            List<Damage> all = new ArrayList<>();
            places(whole, "", all, whole);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void places(JsonNode node, String at, List<Damage> all, JsonNode whole) {
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            places(node.get(i), at + "/" + i, all, whole);
        }
        node.fields().forEachRemaining(field -> {
            String name = field.getKey();
            damage(whole, at, name, "left out", null, all);
            if (field.getValue().isValueNode()) {
                damage(whole, at, name, "garbled", TextNode.valueOf("0#"), all);
            }
            switch (place(at, name)) {
                case 0 -> damage(whole, at, name, "null", JSON.nullNode(), all);
                case 1 -> damage(whole, at, name, "empty", TextNode.valueOf(""), all);
                default -> damage(whole, at, name, "of another shape", reshaped(field.getValue()), all);
            }
            places(field.getValue(), at + "/" + name, all, whole);
        });
    }

    private static int place(String at, String name) {
        return Math.floorMod((at + name).hashCode(), 3);
    }

    private static JsonNode reshaped(JsonNode value) {
        if (value.isObject()) {
            return JSON.createArrayNode().add(value);
        }
        if (value.isArray()) {
            return value.size() == 1 ? value.get(0) : value;
        }
        return TextNode.valueOf(value.asText());
    }

    private static void damage(
            JsonNode whole, String parent, String field, String how, @Nullable JsonNode value, List<Damage> all) {
        JsonNode copy = whole.deepCopy();
        ObjectNode object = (ObjectNode) copy.at(parent);
        if (value == null) {
            object.remove(field);
        } else {
            object.set(field, value.deepCopy());
        }
        object.put("nobodyKnowsThis", true);
        try {
            all.add(new Damage(parent + "/" + field, how, JSON.writeValueAsBytes(copy)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return at + " " + how;
    }
}
