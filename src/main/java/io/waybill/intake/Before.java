package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.Json;
import java.util.List;
import java.util.Optional;

/** Whether a document says what was taken in before. */
record Before(Tx tx, Submission submission) {
    /**
     * The answer to one that would not be taken in today, for its account is gone or a rule is new: what was taken in stays taken
     * in. By its key, or by the number it names.
     *
     * @param source whose orders alone it may name
     */
    Optional<Taken> taken(SourceSettings source) {
        String number = submission.orderId();
        return number == null || Shadow.isOn(tx, submission)
                ? Optional.empty()
                : underKey(number).or(() -> underNumber(source, number));
    }

    private Optional<Taken> underKey(String number) {
        return Optional.ofNullable(submission.idempotencyKey())
                .flatMap(key -> underKey(tx, submission.source(), key, submission.bodySha256()))
                .map(order -> new Taken(Result.DUPLICATE, order, number, List.of()));
    }

    /** The hub id of the order that came of the same bytes under the same key. */
    static Optional<String> underKey(Tx tx, String source, String key, String bodySha256) {
        return tx.inbox()
                .find(source, key)
                .filter(entry -> entry.bodySha256().equals(bodySha256))
                .flatMap(entry -> Optional.ofNullable(entry.orderUid()));
    }

    private Optional<Taken> underNumber(SourceSettings source, String number) {
        String namespace = submission.namespaceAt(source);
        return !source.bringsFor(namespace) ? Optional.empty() : underNumber(namespace, number);
    }

    private Optional<Taken> underNumber(String namespace, String number) {
        return tx.orders()
                .lock(namespace, number)
                .filter(known -> known.cancelledAt() == null && !counted(known).isEmpty())
                .filter(known -> TakenBack.of(tx, known).isEmpty())
                .filter(known -> isSame(known, submission.canonical()))
                .map(this::known);
    }

    private Taken known(OrderRow order) {
        if (submission.origin() != null) {
            Rejection.answered(tx, submission, order);
        }
        return Taken.of(Result.DUPLICATE, order);
    }

    /** The shipments somebody may still ask for: not what was given back elsewhere, nor what was given up while its order goes on. */
    List<ShipmentRow> counted(OrderRow known) {
        return tx.shipments().of(known.id()).stream()
                .filter(shipment -> counts(known, shipment))
                .toList();
    }

    private static boolean counts(OrderRow known, ShipmentRow shipment) {
        return switch (shipment.state()) {
            case VOIDED -> !shipment.imported();
            case CANCELLED -> known.cancelledAt() != null;
            default -> true;
        };
    }

    /** The same content, or what its source said before a person corrected it; only what both sides say is compared with what another source said. */
    boolean isSame(OrderRow known, JsonNode canonical) {
        String said = Content.hash(canonical);
        Optional<ObjectNode> takenBack = submission.isEdit() ? Optional.empty() : TakenBack.of(tx, known);
        if (said.equals(takenBack.map(Content::hash).orElse(known.contentSha256()))) {
            return true;
        }
        JsonNode content = takenBack.<JsonNode>map(taken -> taken).orElseGet(() -> Json.kept(known.content()));
        if (Content.diff(content, canonical).isEmpty()) {
            return true;
        }
        if (!submission.isEdit() && isBeforeCorrection(known, canonical)) {
            return true;
        }
        return !tx.revisions().contentSource(known).equals(submission.source())
                && Content.sameWhereBothSpeak(content, canonical);
    }

    private boolean isBeforeCorrection(OrderRow known, JsonNode canonical) {
        return tx.revisions()
                .beforeCorrection(known, submission.source())
                .filter(content -> Content.diff(Json.kept(content), canonical).isEmpty())
                .isPresent();
    }
}
