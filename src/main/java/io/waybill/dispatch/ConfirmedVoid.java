package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Accounts;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A label that its carrier says is void, with the money that comes back. What is to be bought once more is a shipment of its own,
 * made in the transaction that confirms the void.
 */
record ConfirmedVoid(Accounts accounts) {
    /** The reason of a shipment that was bought instead of a voided one. */
    static final String REBUY = "rebuy";

    /** A confirmed void is a fact, whoever heard it: also when another asker was refused meanwhile. */
    void record(Tx tx, ShipmentRow asked, AttemptRow sale, @Nullable Money refund) {
        OrderRow order = Recording.lock(tx, asked);
        ShipmentRow row = tx.shipments().find(asked.id(), Namespaces.ALL).orElseThrow();
        if (row.state() == ShipmentState.VOIDED && isSameLabel(asked, row) && refund != null) {
            refundToldLater(tx, order, row, sale, refund);
            return;
        }
        if (!isLabelOf(asked, row) || !tx.shipments().move(row, ShipmentState.VOIDED, null)) {
            return;
        }
        accounts.find(sale.account()).ifPresent(account -> {
            Charged.credit(tx, order, account, row.id(), sale.ref(), number(asked), refund, null);
            Refunds.ofLabel(tx, account, order, asked).granted(refund);
        });
        tx.exceptions().closeBy(Fact.VOIDED, row.id());
        tx.story().tell(order.id(), row.id(), "voided", null, null);
        boolean again = row.rebuy() && order.cancelledAt() == null;
        ObjectNode facts = facts(refund);
        if (again) {
            facts.put("boughtAgain", true);
        }
        tx.events().emit(order, row.id(), "shipment.voided", facts);
        if (again) {
            buyOnceMore(tx, order, row);
        } else {
            tx.shipments().unquote(row.id());
        }
    }

    private static ObjectNode facts(@Nullable Money refund) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        if (refund != null) {
            facts.putObject("refund")
                    .put("amount", refund.amount().toPlainString())
                    .put("currency", refund.currency().getCurrencyCode());
        }
        return facts;
    }

    /**
     * Of two who asked, one may have been told first that the label was void already, and nothing of the money. Sinks were told of
     * the void then, and are told of the money now.
     */
    private void refundToldLater(Tx tx, OrderRow order, ShipmentRow row, AttemptRow sale, Money refund) {
        accounts.find(sale.account())
                .filter(account -> !Charged.isCredited(tx, row.id(), sale.ref(), number(row)))
                .ifPresent(account -> {
                    boolean credited =
                            Charged.credit(tx, order, account, row.id(), sale.ref(), number(row), refund, null);
                    Refunds.ofLabel(tx, account, order, row).granted(refund);
                    if (credited) {
                        tx.events().emit(order, row.id(), "billing.refunded", facts(refund));
                    }
                });
    }

    private static boolean isLabelOf(ShipmentRow asked, ShipmentRow row) {
        return row.state().isSold() && row.state() != ShipmentState.VOIDED && isSameLabel(asked, row);
    }

    private static String number(ShipmentRow row) {
        return String.valueOf(row.carrierShipment());
    }

    private static boolean isSameLabel(ShipmentRow asked, ShipmentRow row) {
        return Objects.equals(asked.carrierShipment(), row.carrierShipment());
    }

    /** Under names of its own: its ref, key and order number are none the carrier has seen. */
    private static void buyOnceMore(Tx tx, OrderRow order, ShipmentRow row) {
        int last = tx.shipments().of(order.id()).stream()
                .mapToInt(ShipmentRow::seq)
                .max()
                .orElse(row.seq());
        Plan same = new Plan(
                ShipmentState.READY,
                row.account(),
                row.carrier(),
                row.service(),
                row.labelFormat(),
                row.labelSize(),
                row.labelDpi(),
                null,
                null,
                row.parcels(),
                null);
        String id = tx.plans().begin(order.id(), last + 1, REBUY, REBUY + "/" + row.id(), row.asked(), same);
        tx.pieces().replaces(id, row);
        tx.shipments().quoteInstead(id, row.id());
        ObjectNode detail = JsonNodeFactory.instance.objectNode().put("insteadOf", row.id());
        tx.story().tell(order.id(), id, "bought once more", null, detail.toString());
    }
}
