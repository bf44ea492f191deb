package io.waybill;

import io.waybill.edge.MappingVerb;
import io.waybill.format.Document;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.order.Json;
import io.waybill.problem.ProblemException;

/** What {@code waybill-map} does: one event through a mapping, refused with everything that is wrong. */
record MappingPort(Mappings mappings) implements MappingVerb.Mapper {
    @Override
    public String map(String mapping, String json) throws Exception {
        Result result = mappings.get(mapping).apply(Document.of(Json.mapper().readTree(json)));
        if (result instanceof Result.Mapped mapped) {
            return mapped.tree().toString();
        }
        if (result instanceof Result.Failed failed) {
            throw new ProblemException(failed.problems());
        }
        return "[]";
    }
}
