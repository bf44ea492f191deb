package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.mapping.Explained;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Result;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;

/** What a mapping makes of the first documents of a body, and how. */
record Trial(Mapping mapping, Locale language) {
    private static final int MOST_DOCUMENTS = 20;

    /** @throws ProblemException when the body has no beginning or its header does not fit */
    ObjectNode of(byte[] body, String name) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("mapping", mapping.name()).put("version", mapping.version());
        ArrayNode documents = answer.putArray("documents");
        List<Problem> stopped = List.of();
        boolean more = false;
        try (DocumentReader reader = mapping.open(new ByteArrayInputStream(body), name)) {
            try {
                Document next = reader.next();
                while (next != null && documents.size() < MOST_DOCUMENTS) {
                    documents.add(one(next));
                    next = reader.next();
                }
                more = next != null;
            } catch (ProblemException e) {
                stopped = e.problems();
            }
        }
        put(answer.put("more", more), "problems", stopped);
        return answer;
    }

    private ObjectNode one(Document document) {
        ObjectNode one = JsonNodeFactory.instance.objectNode();
        one.put("ordinal", document.ordinal()).put("row", document.firstRow());
        Result result = mapping.apply(document);
        if (result instanceof Result.Mapped mapped) {
            one.put("result", "mapped").set("output", mapped.tree());
            put(one, "problems", List.of());
            put(one, "warnings", mapped.warnings());
        } else if (result instanceof Result.Failed failed) {
            put(one.put("result", "refused"), "problems", failed.problems());
            put(one, "warnings", failed.warnings());
        } else if (result instanceof Result.Skipped skipped) {
            one.put("result", skipped.word()).put("reason", skipped.reason());
            put(one, "problems", List.of());
            put(one, "warnings", skipped.warnings());
        }
        one.set(
                "unread",
                Json.mapper().valueToTree(mapping.coverage(List.of(document)).unread()));
        List<Explained> fields = document.problems().isEmpty() ? mapping.explain(document) : List.of();
        one.set("fields", Json.mapper().valueToTree(fields));
        return one;
    }

    private void put(ObjectNode into, String name, List<Problem> problems) {
        ArrayNode list = into.putArray(name);
        problems.forEach(problem -> list.add(ProblemJson.error(problem, language)));
    }
}
