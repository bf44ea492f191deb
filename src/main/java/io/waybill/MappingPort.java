package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.edge.MappingVerb;
import io.waybill.format.Document;
import io.waybill.format.Reading;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.order.Json;
import io.waybill.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code waybill-map} does: one event through a mapping, refused with everything that is wrong. */
record MappingPort(Mappings mappings) implements MappingVerb.Mapper {
    @Override
    public String map(String mapping, String json) throws Exception {
        JsonNode tree = tree(mappings.get(mapping), json);
        return tree == null ? "[]" : tree.toString();
    }

    @Override
    public byte[] file(String mapping, String json) throws Exception {
        Mapping served = mappings.get(mapping);
        JsonNode tree = tree(served, json);
        return tree == null ? new byte[0] : served.file(List.of(tree));
    }

    @Override
    public List<String> columns(String mapping) {
        return mappings.get(mapping).columns();
    }

    @Override
    public @Nullable Reading output(String mapping) {
        return mappings.get(mapping).output();
    }

    /** Null for a document the mapping skips. */
    private static @Nullable JsonNode tree(Mapping mapping, String json) throws Exception {
        Result result = mapping.apply(Document.of(Json.mapper().readTree(json)));
        if (result instanceof Result.Failed failed) {
            throw new ProblemException(failed.problems());
        }
        return result instanceof Result.Mapped mapped ? mapped.tree() : null;
    }
}
