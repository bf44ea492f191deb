package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.format.Document;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.intake.Translated;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.order.Content;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Locale;

/** {@code POST /shipments/import[?source=]}: a label that was bought elsewhere. Files of them go through {@code /batches}. */
final class OutsideCalls {
    private final Ledger ledger;
    private final Orders orders;
    private final MappedIntake mapped;
    private final Speaker speaker;

    OutsideCalls(Ledger ledger, Orders orders, MappedIntake mapped, Speaker speaker) {
        this.ledger = ledger;
        this.orders = orders;
        this.mapped = mapped;
        this.speaker = speaker;
    }

    List<Resource> resources() {
        return List.of(Resource.post("/shipments/import", Scope.ORDERS_WRITE, this::take)
                .taking("source"));
    }

    /** 201 for a label that is new, 200 for one that is known or changed. */
    private Answer take(Request request) {
        JsonNode body = orders.parse(request.body());
        String source = speaker.source(request);
        Translated translated = translated(source, body);
        String namespace = mapped.outside().namespaceOf(source, translated.canonical());
        Taking.requireNamespace(request.caller(), namespace);
        Taken taken = mapped.outside()
                .take(new Submission(
                        source,
                        "api",
                        translated.canonical(),
                        null,
                        Content.hash(translated.canonical()),
                        null,
                        translated.mapping(),
                        translated.version(),
                        false,
                        request.caller().name()));
        if (!taken.isIn()) {
            return Taking.refused(taken, request);
        }
        ObjectNode view = ledger.read(tx -> new OrderView(tx, request)
                .brief(tx.orders()
                        .find(String.valueOf(taken.orderUid()), Namespaces.ALL)
                        .orElseThrow()));
        view.put("result", taken.result().name().toLowerCase(Locale.ROOT));
        return Answer.json(taken.result() == Taken.Result.ACCEPTED ? 201 : 200, view);
    }

    /** Through the source's mapping where that writes such labels, else as it is. */
    private Translated translated(String source, JsonNode body) {
        if (!mapped.bringsLabels(mapped.mappingOf(source))) {
            return Translated.asItIs(body);
        }
        Translated translated = mapped.translate(source, Document.of(body));
        if (translated.skipped() != null) {
            throw new ProblemException(Problem.of(ApiCode.NOT_OURS, "reason", translated.skipped()));
        }
        return translated;
    }
}
