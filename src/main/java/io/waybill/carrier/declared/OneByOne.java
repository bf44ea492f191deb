package io.waybill.carrier.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Reply;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An answer that lists several, as it would be if it told only one of them. */
final class OneByOne {
    private OneByOne() {}

    /** The answer once for each object in each of its lists, alone there; lists in those objects stay whole. */
    static Stream<Reply> of(Reply answer) {
        return each(answer.json()).map(Reply::new);
    }

    private static Stream<JsonNode> each(JsonNode json) {
        if (json.size() == 1 && json.isArray()) {
            return each(json.path(0)).map(OneByOne::alone);
        }
        if (json.isArray()) {
            return StreamSupport.stream(json.spliterator(), false)
                    .filter(JsonNode::isObject)
                    .map(OneByOne::alone);
        }
        return json.properties().stream()
                .flatMap(member -> each(member.getValue()).map(one -> with(json, member, one)));
    }

    private static JsonNode alone(JsonNode element) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        return list.add(element);
    }

    /** Nothing in an answer is changed by what reads it, so that the rest of it need not be copied. */
    private static JsonNode with(JsonNode json, Map.Entry<String, JsonNode> member, JsonNode one) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll((ObjectNode) json);
        return copy.set(member.getKey(), one);
    }
}
