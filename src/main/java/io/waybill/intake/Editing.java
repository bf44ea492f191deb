package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.FieldChange;
import io.waybill.order.Json;
import io.waybill.order.MergePatch;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A person changes fields of an order that is in. What comes of it is checked as a document is, kept as a revision of its
 * own, and bought again where a purchase was refused.
 */
public final class Editing {
    private final Ledger ledger;
    private final Intake intake;
    private final Runnable wake;

    public Editing(Ledger ledger, Intake intake, Runnable wake) {
        this.ledger = ledger;
        this.intake = intake;
        this.wake = wake;
    }

    /**
     * @param patch a JSON Merge Patch (RFC 7396) of what the source said
     * @param revisions the one the person looked at, or any of these; none when every one will do
     * @return {@code REPLACED}; {@code DUPLICATE} when nothing is different; {@code CONFLICT} with why it stays as it is
     * @throws ProblemException {@code order-not-found}, {@code order-changed}, {@code name-stays}; every bad field
     */
    public Taken edit(String orderUid, JsonNode patch, List<Integer> revisions, Namespaces scope, String actor) {
        Taken taken = ledger.commit(tx -> edit(tx, orderUid, patch, revisions, scope, actor));
        if (taken.result() == Taken.Result.REPLACED) {
            wake.run();
        }
        return taken;
    }

    private Taken edit(
            Tx tx, String orderUid, JsonNode patch, List<Integer> revisions, Namespaces scope, String actor) {
        OrderRow order = tx.orders().lockNamed(orderUid, scope);
        if (!revisions.isEmpty() && !revisions.contains(order.revision())) {
            throw new ProblemException(Problem.of(
                    IntakeCode.ORDER_CHANGED,
                    "orderId",
                    order.orderId(),
                    "revision",
                    order.revision(),
                    "asked",
                    revisions.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
        JsonNode before = Json.kept(order.content());
        JsonNode after = MergePatch.apply(before, patch);
        Submission edited = submission(tx, order, after, actor);
        requireSame("orderId", order.orderId(), after.path("orderId").asText());
        requireSame("namespace", order.namespace(), intake.namespaceOf(edited.source(), after));
        Taken taken = intake.admission(edited).apply(tx);
        if (taken.result() == Taken.Result.REPLACED) {
            tx.audit()
                    .record(
                            actor,
                            "order.edited",
                            order.id(),
                            order.namespace(),
                            fields(Content.diff(before, after)).toString());
        }
        return taken;
    }

    /** An order stays the order it is. */
    private static void requireSame(String field, String known, String said) {
        if (!said.equals(known)) {
            throw new ProblemException(Problem.of(IntakeCode.NAME_STAYS, "field", field, "known", known)
                    .at("/" + field));
        }
    }

    private static Submission submission(Tx tx, OrderRow order, JsonNode content, String actor) {
        return new Submission(
                tx.revisions().contentSource(order),
                Submission.EDIT,
                content,
                null,
                "",
                null,
                order.mapping(),
                order.mappingVersion(),
                false,
                actor);
    }

    /** Which fields, and nothing of what stands in them: the audit log is kept for ever. */
    private static ArrayNode fields(List<FieldChange> changes) {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        changes.forEach(change -> fields.add(change.pointer()));
        return fields;
    }
}
