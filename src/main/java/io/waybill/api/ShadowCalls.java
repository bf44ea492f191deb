package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.intake.SourceSettings;
import io.waybill.intake.Sources;
import io.waybill.ledger.Ledger;
import io.waybill.order.Said;
import io.waybill.rollout.Comparison;
import io.waybill.rollout.Rollout;
import io.waybill.rollout.ShadowReport;
import io.waybill.rollout.ShadowRows;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** {@code /shadow}: sources that are only looked at, and what they brought beside the live channels. */
record ShadowCalls(Ledger ledger, Rollout rollout, Sources sources) {
    private static final TableExport TABLE = new TableExport("shadow", ShadowRows.COLUMNS);

    List<Resource> resources() {
        return List.of(
                Resource.put("/sources/{source}/shadow", Scope.ADMIN, this::turn),
                Resource.get("/shadow", Scope.READ, this::report).taking("source", "since", "format"));
    }

    /** {@code {shadow: true, reason}}. */
    private Answer turn(Request request) {
        SourceSettings source = seen(request, request.parameter("source"));
        requireOfNobodyElse(request.caller(), source.name());
        JsonNode body = Fields.among(Said.in(request.body()), "shadow", "reason");
        if (!body.path("shadow").isBoolean()) {
            throw RolloutCalls.bad("/shadow", body.path("shadow").asText(""), "true, false");
        }
        boolean on = body.path("shadow").booleanValue();
        rollout.setShadow(
                source.namespace(),
                source.name(),
                on,
                RolloutCalls.reason(body),
                request.caller().name());
        return Answer.ok(JsonNodeFactory.instance
                .objectNode()
                .put("source", source.name())
                .put("namespace", source.namespace())
                .put("shadow", on));
    }

    /** Any key without a source posts by {@code local}. */
    private void requireOfNobodyElse(Caller caller, String source) {
        if (source.equals(Sources.LOCAL)
                || ledger.<Boolean>read(tx -> tx.shadows().bringsForOthers(source, caller.namespaces()))) {
            caller.requireAllNamespaces();
        }
    }

    private SourceSettings seen(Request request, String name) {
        Speaker.requireSeen(sources, name, request.caller());
        SourceSettings source = sources.get(name);
        Taking.requireNamespace(request.caller(), source.namespace());
        return source;
    }

    private Answer report(Request request) throws IOException {
        String name = request.required("source", "legal.source");
        SourceSettings source = seen(request, name);
        Comparison comparison = rollout.comparison(request.caller().namespaces());
        Instant since = request.from("since").orElse(Instant.EPOCH);
        return Listed.isTable(request)
                ? TABLE.of(
                        request,
                        null,
                        cursor -> new TableExport.Page(
                                ShadowRows.of(comparison, name, source.namespace(), since, request.language()), null))
                : Answer.ok(ShadowReport.of(comparison, name, source.namespace(), since, request.language()));
    }
}
