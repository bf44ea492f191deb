package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Spending;
import io.waybill.carrier.Chooser;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.order.MergePatch;
import io.waybill.order.Order;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A further label of an order that has one: asked for with a reason and under a key of its own, and never implied. It is
 * bought under a ref, a purchase key and a number of its own ({@code SO-1-2}).
 */
public final class AnotherLabel {
    private static final String KEYS = "asked/";

    private final Ledger ledger;
    private final Orders orders;
    private final Planner planner;
    private final Spending spending;
    private final Runnable wake;

    public AnotherLabel(Ledger ledger, Orders orders, Chooser chooser, Spending spending, Runnable wake) {
        this.ledger = ledger;
        this.orders = orders;
        this.planner = new Planner(chooser);
        this.spending = spending;
        this.wake = wake;
    }

    /** Why somebody wants another label. */
    public enum Why {
        /** The old label is not used: it was given back, or is lost. */
        RELABEL,
        /** The order leaves in more parcels than its first label covers. */
        SPLIT,
        /** It is sent once more. */
        RESHIP,
        /** It comes back. */
        RETURN;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is asked for.
     *
     * @param key the same key again is the same label
     * @param lost the old label cannot be used any more and was not given back: whoever asks says so
     * @param note in the asker's words
     * @param content {@code parcels}, {@code items}, {@code service}, {@code account}: what the label shall say otherwise
     *     than the order
     */
    public record Wish(String key, Why why, boolean lost, String note, ObjectNode content) {
        ObjectNode patch() {
            ObjectNode patch = content.deepCopy();
            if (why == Why.RETURN) {
                patch.putObject("options").put("isReturn", true);
            }
            return patch;
        }
    }

    /** @param replayed it was asked for before */
    public record Asked(String shipment, boolean replayed) {}

    /**
     * Asks for it.
     *
     * @throws ProblemException {@code order-not-found}, {@code order-cancelled}, {@code already-shipped-elsewhere},
     *     {@code order-being-bought}, {@code no-label-yet}, {@code label-still-good}, {@code idempotency-key-reused},
     *     {@code spending-limit}; every bad field of what is asked for
     */
    public Asked ask(String orderUid, Wish wish, Namespaces scope, String actor) {
        Asked asked = ledger.commit(tx -> ask(tx, orderUid, wish, scope, actor));
        if (!asked.replayed()) {
            wake.run();
        }
        return asked;
    }

    private Asked ask(Tx tx, String orderUid, Wish wish, Namespaces scope, String actor) {
        OrderRow order = tx.orders().lockNamed(orderUid, scope);
        String patch = wish.patch().toString();
        var before = tx.shipments().under(order.id(), KEYS + wish.key());
        if (before.isPresent()) {
            return again(before.get(), wish);
        }
        List<ShipmentRow> shipments = tx.shipments().of(order.id());
        requireLabel(tx, order, shipments);
        if (wish.why() == Why.RELABEL) {
            requireUnused(order, shipments, wish);
        }
        Order content = content(order, wish);
        Plan plan = planner.plan(content, null, true);
        spending.exhausted(
                        tx, order.source(), order.namespace(), content.parcels().size())
                .ifPresent(limit -> {
                    throw new ProblemException(limit);
                });
        int seq = 1 + shipments.stream().mapToInt(ShipmentRow::seq).max().orElse(0);
        String id = tx.plans().begin(order.id(), seq, wish.why().text(), KEYS + wish.key(), patch, plan);
        tell(tx, order, id, seq, wish, actor);
        return new Asked(id, false);
    }

    private static Asked again(ShipmentRow before, Wish wish) {
        boolean same = Json.kept(String.valueOf(before.asked())).equals(AnotherLabel::compare, wish.patch());
        if (!before.reason().equals(wish.why().text()) || !same) {
            throw new ProblemException(Problem.of(OrderCode.IDEMPOTENCY_KEY_REUSED, "key", wish.key()));
        }
        return new Asked(before.id(), true);
    }

    /** However many zeros a number is written with. */
    private static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;
    }

    /** There is a first label, and nobody is in doubt about any. */
    private static void requireLabel(Tx tx, OrderRow order, List<ShipmentRow> shipments) {
        if (order.cancelledAt() != null) {
            throw new ProblemException(Problem.of(OrderCode.ORDER_CANCELLED, "orderId", order.orderId()));
        }
        if (shipments.stream().anyMatch(row -> row.state().isOpenPurchase())) {
            throw new ProblemException(OrderCode.beingBought(order.orderId()));
        }
        Elsewhere.problem(tx, order.orderId(), shipments).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        if (shipments.stream().noneMatch(row -> row.state().isSold() && !row.imported())) {
            throw new ProblemException(
                    Problem.of(IntakeCode.NO_LABEL_YET, "orderId", order.orderId(), "id", order.id()));
        }
    }

    /** A label in place of another one is only bought once the other one cannot be used. */
    private static void requireUnused(OrderRow order, List<ShipmentRow> shipments, Wish wish) {
        List<ShipmentRow> live = shipments.stream()
                .filter(row -> !row.state().isOver())
                .filter(row -> !wish.lost() || !row.state().isSold())
                .toList();
        if (!live.isEmpty()) {
            throw new ProblemException(Problem.of(
                            IntakeCode.LABEL_STILL_GOOD,
                            "orderId",
                            order.orderId(),
                            "shipments",
                            live.stream()
                                    .map(row -> row.id() + " (" + row.word() + ")")
                                    .collect(Collectors.joining(", ")))
                    .at("/reason"));
        }
    }

    /** Checked as an order is, with what is asked for in it; it is bought at once, so nothing may be missing. */
    private Order content(OrderRow order, Wish wish) {
        JsonNode asked = MergePatch.apply(Json.kept(order.effective()), wish.patch());
        Order content = orders.readKept(asked);
        List<Problem> missing = Missing.in(content.parcels()).stream()
                .map(pointer -> Problem.of(OrderCode.MISSING_FIELD, "field", pointer.substring(1))
                        .at(pointer))
                .toList();
        if (!missing.isEmpty()) {
            throw new ProblemException(missing);
        }
        return content;
    }

    private static void tell(Tx tx, OrderRow order, String shipment, int seq, Wish wish, String actor) {
        ObjectNode detail = JsonNodeFactory.instance
                .objectNode()
                .put("reason", wish.why().text())
                .put("label", seq);
        if (wish.lost()) {
            detail.put("lost", true);
        }
        if (!wish.note().isEmpty()) {
            detail.put("note", wish.note());
        }
        tx.story().tell(order.id(), shipment, "another label", actor, detail.toString());
        ObjectNode audited = JsonNodeFactory.instance
                .objectNode()
                .put("order", order.id())
                .put("reason", wish.why().text())
                .put("lost", wish.lost());
        tx.audit().record(actor, "label.another", shipment, order.namespace(), audited.toString());
    }
}
