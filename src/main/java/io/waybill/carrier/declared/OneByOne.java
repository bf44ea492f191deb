package io.waybill.carrier.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Reply;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An answer that lists several, as it would be if it told only one of them.
 *
 * @param element as it stands in its list
 * @param json the answer with that element alone in the list
 */
record OneByOne(JsonNode element, JsonNode json) {
    /** The answer once for each object in each of its lists, alone there; lists in those objects stay whole. */
    static Stream<OneByOne> of(Reply answer) {
        return each(answer.json());
    }

    Reply answer() {
        return new Reply(json);
    }

    private static Stream<OneByOne> each(JsonNode json) {
        if (json.size() == 1 && json.isArray()) {
            return each(json.path(0)).map(one -> new OneByOne(one.element(), alone(one.json())));
        }
        if (json.isArray()) {
            return StreamSupport.stream(json.spliterator(), false)
                    .filter(JsonNode::isObject)
                    .map(element -> new OneByOne(element, alone(element)));
        }
        return json.properties().stream()
                .flatMap(member -> each(member.getValue())
                        .map(one -> new OneByOne(one.element(), with(json, member, one.json()))));
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
