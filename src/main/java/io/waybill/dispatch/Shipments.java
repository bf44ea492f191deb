package io.waybill.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Shipment;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of ledger rows what a carrier is asked to ship. */
final class Shipments {
    private Shipments() {}

    static Shipment of(OrderRow order, ShipmentRow row) {
        return of(order(order, row), row);
    }

    /** @param order what this very shipment is to say */
    static Shipment of(Order order, ShipmentRow row) {
        return of(order, row.seq(), Objects.requireNonNullElse(row.service(), ""), label(row));
    }

    static Shipment of(Order order, int seq, String service, LabelRequest label) {
        return new Shipment(
                order, seq, service, Objects.requireNonNull(order.shipFrom(), "no sender"), order.parcels(), label);
    }

    /**
     * Why its account is asked nothing of a purchase: the settings name another carrier for it by now, which knows nothing of it, and may
     * know something else by the same number.
     */
    static Optional<String> elsewhere(Account account, ShipmentRow row) {
        return account.name().equals(row.account()) ? elsewhere(account, row.carrier()) : Optional.empty();
    }

    /** The same of one attempt, at the account it was made at: its shipment may be at another by now. */
    static Optional<String> elsewhere(Account account, AttemptRow attempt) {
        return elsewhere(account, attempt.carrier());
    }

    private static Optional<String> elsewhere(Account account, @Nullable String carrier) {
        return account.isOf(carrier)
                ? Optional.empty()
                : Optional.of(account.name() + " is an account of " + account.carrierId()
                        + " now, and the purchase was sent to " + carrier
                        + ", which is asked once the account has it again");
    }

    static LabelRequest label(ShipmentRow row) {
        return new LabelRequest(row.labelFormat(), row.labelSize(), row.labelDpi());
    }

    static LabelRequest label(Order order) {
        Order.LabelSpec label = order.label() == null ? Order.LabelSpec.DEFAULT : order.label();
        return new LabelRequest(
                Objects.requireNonNullElse(label.format(), "PDF"),
                Objects.requireNonNullElse(label.size(), "4x6"),
                Objects.requireNonNullElse(label.dpi(), 203));
    }

    /** Who pays and how it is booked, without reading all of the order. */
    static Order.@Nullable Billing billing(OrderRow row) {
        try {
            JsonNode billing = Json.kept(row.effective()).path("billing");
            return billing.isObject() ? Json.mapper().treeToValue(billing, Order.Billing.class) : null;
        } catch (JsonProcessingException | IllegalStateException e) {
            throw new IllegalStateException("order " + row.id() + " is unreadable in the ledger", e);
        }
    }

    static Order order(OrderRow row) {
        return read(row, null);
    }

    /** What this shipment of it is to say. */
    static Order order(OrderRow row, ShipmentRow shipment) {
        return read(row, shipment);
    }

    private static Order read(OrderRow row, @Nullable ShipmentRow shipment) {
        try {
            if (shipment == null || shipment.isWholeOrder()) {
                return Json.kept(row.effective(), Order.class);
            }
            return Json.mapper().treeToValue(shipment.content(Json.kept(row.effective())), Order.class);
        } catch (JsonProcessingException | IllegalStateException e) {
            throw new IllegalStateException("order " + row.id() + " is unreadable in the ledger", e);
        }
    }
}
