package io.waybill.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What may stand in an answer in place of a value. */
final class Ways {
    private Ways() {}

    /** By what is other about them; a missing node where nothing stands there. */
    static Map<String, JsonNode> of(JsonNode value) {
        Map<String, JsonNode> ways = new LinkedHashMap<>();
        ways.put("left out", MissingNode.getInstance());
        ways.put("null", JsonNodeFactory.instance.nullNode());
        ways.put("an empty text", TextNode.valueOf(""));
        ways.put("an empty list", JsonNodeFactory.instance.arrayNode());
        ways.put("an empty object", JsonNodeFactory.instance.objectNode());
        if (value.isArray()) {
            ways.put("its first alone", value.path(0));
            ArrayNode more = value.deepCopy();
            value.forEach(more::add);
            ways.put("twice as many", more);
            ArrayNode reversed = JsonNodeFactory.instance.arrayNode();
            value.forEach(one -> reversed.insert(0, one));
            ways.put("the other way round", reversed);
        } else {
            ways.put("a list of one", JsonNodeFactory.instance.arrayNode().add(value));
        }
        if (value.isValueNode()) {
            ways.put("garbled", TextNode.valueOf("0#"));
            ways.put("very long, in other letters", TextNode.valueOf("Grüße 收件人 😀 ".repeat(300)));
            ways.put("zero", JsonNodeFactory.instance.numberNode(0));
            ways.put("the other truth", JsonNodeFactory.instance.booleanNode(!value.asBoolean()));
        }
        return ways;
    }

    /** @param value missing where nothing shall be there */
    static void put(JsonNode parent, String name, JsonNode value) {
        if (parent instanceof ArrayNode list) {
            if (value.isMissingNode()) {
                list.remove(Integer.parseInt(name));
            } else {
                list.set(Integer.parseInt(name), value.deepCopy());
            }
        } else if (parent instanceof ObjectNode object) {
            if (value.isMissingNode()) {
                object.remove(name);
            } else {
                object.set(name, value.deepCopy());
            }
        }
    }
}
