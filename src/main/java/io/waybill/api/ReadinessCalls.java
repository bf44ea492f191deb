package io.waybill.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.format.Document;
import io.waybill.intake.Sources;
import io.waybill.ledger.Ledger;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.readiness.Assessment;
import io.waybill.readiness.Kept;
import io.waybill.readiness.Readiness;
import io.waybill.readiness.Readiness.When;
import io.waybill.readiness.Setting;
import io.waybill.rollout.NextStage;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /readiness?source=}: how ready a source is, by the documents of it that are kept, and what the next stage of its
 * namespace lacks. {@code GET /profile?source=}: what it ships and costs, and what to integrate next, by the same documents
 * and what its labels really cost. A caller of some namespaces is told of the orders of these.
 */
final class ReadinessCalls {
    private static final int MOST = 10_000;

    private final Ledger ledger;
    private final Orders orders;
    private final Mappings mappings;
    private final Sources sources;
    private final Function<String, Setting> surroundings;
    private final Assessments assessments;
    private final NextStage next;

    ReadinessCalls(
            Ledger ledger,
            Orders orders,
            Mappings mappings,
            Sources sources,
            Function<String, Setting> surroundings,
            Assessments assessments,
            NextStage next) {
        this.ledger = ledger;
        this.orders = orders;
        this.mappings = mappings;
        this.sources = sources;
        this.surroundings = surroundings;
        this.assessments = assessments;
        this.next = next;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/readiness", Scope.READ, this::look).taking("source", "last"),
                Resource.get("/profile", Scope.READ, this::profile).taking("source", "last"));
    }

    private Answer look(Request request) throws IOException {
        Setting setting = setting(request);
        Readiness readiness = readiness(setting);
        kept(request).each(setting, last(request), new KeptDocuments.Hearer() {
            @Override
            public void hear(Document document, When when, Kept kept) {
                readiness.add(document, when, kept);
            }

            @Override
            public void hearColumns(Document document) {
                readiness.addOnlyColumns(document, When.FIRST);
            }
        });
        ObjectNode answer = readiness.report().json(request.language());
        answer.set("next", next.json(setting.namespace(), request.language()));
        return Answer.ok(answer);
    }

    private Answer profile(Request request) throws IOException {
        Setting setting = setting(request);
        Assessment assessment = assessments.of(setting.source(), readiness(setting));
        kept(request).each(setting, last(request), new KeptDocuments.Hearer() {
            @Override
            public void hear(Document document, When when, Kept kept) {
                assessment.add(document, kept);
            }

            @Override
            public void hearColumns(Document document) {
                // what was shipped long ago is no part of a profile
            }
        });
        ObjectNode answer = assessment.json(request.language());
        answer.set(
                "live",
                ledger.<ObjectNode>read(tx ->
                        LiveFigures.of(tx, setting.source(), request.caller().namespaces())));
        return Answer.ok(answer);
    }

    private KeptDocuments kept(Request request) {
        return new KeptDocuments(ledger, request.caller().namespaces());
    }

    private Setting setting(Request request) {
        String source = request.required("source", "legal.source");
        Speaker.requireSeen(sources, source, request.caller());
        Setting setting = surroundings.apply(source);
        Taking.requireNamespace(request.caller(), setting.namespace());
        return setting;
    }

    private Readiness readiness(Setting setting) {
        return new Readiness(setting, orders, mapping(setting));
    }

    private @Nullable Mapping mapping(Setting setting) {
        return setting.mapping() == null ? null : mappings.get(setting.mapping());
    }

    private static int last(Request request) {
        String text = request.query("last").orElse("1000");
        if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > MOST) {
            throw Request.badParameter("last", text, "1 - " + MOST);
        }
        return Integer.parseInt(text);
    }
}
