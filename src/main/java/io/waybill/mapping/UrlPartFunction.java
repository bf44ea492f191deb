package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import io.waybill.text.UrlPart;

/**
 * For JSLT, which has none: url-part, a text or number as one part of a path or a query, so that a slash or a question mark in
 * an order's number ends neither. Empty where its argument is.
 */
final class UrlPartFunction implements Function {
    @Override
    public JsonNode call(JsonNode input, JsonNode[] arguments) {
        JsonNode value = arguments[0];
        if (Values.absent(value)) {
            return NullNode.getInstance();
        }
        if (value.isContainerNode()) {
            throw new JsltException(getName() + " wants a text or a number");
        }
        return Values.NODES.textNode(UrlPart.of(value.asText()));
    }

    @Override
    public String getName() {
        return "url-part";
    }

    @Override
    public int getMinArguments() {
        return 1;
    }

    @Override
    public int getMaxArguments() {
        return 1;
    }
}
