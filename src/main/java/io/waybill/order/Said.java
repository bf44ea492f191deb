package io.waybill.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/** What a call says in its body and is no document of a source: one JSON object of texts that every store keeps. */
public final class Said {
    private Said() {}

    /**
     * @throws ProblemException {@code empty-document}, {@code truncated-json}, {@code not-json}, … with line and column;
     *     {@code zero-character}, {@code half-character}, {@code lost-character} with the pointer of each text
     */
    public static JsonNode in(byte[] body) {
        return keepable(JsonText.object(new ByteArrayInputStream(body)));
    }

    /** The same, of a body that may be left out; then an object without fields. */
    public static JsonNode ifAny(byte[] body) {
        return keepable(JsonText.tree(new ByteArrayInputStream(body))
                .filter(said -> !said.isNull())
                .map(JsonText::object)
                .orElseGet(JsonNodeFactory.instance::objectNode));
    }

    private static JsonNode keepable(JsonNode said) {
        List<Problem> found = new ArrayList<>();
        BrokenText.unkept(said, found::add);
        BrokenText.lost(said, found::add);
        if (!found.isEmpty()) {
            throw new ProblemException(found);
        }
        return said;
    }
}
