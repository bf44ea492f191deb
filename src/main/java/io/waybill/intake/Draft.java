package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.Ids;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A checked document: as it was given, with the source's defaults, and what its shipment starts as.
 *
 * @param channel of its revision, where that is none its document came by; else null
 */
record Draft(
        Order given,
        Order effective,
        JsonNode canonical,
        Plan plan,
        @Nullable String channel) {
    /** The order it is for, as it stands, locked; empty where nobody knows it. */
    Optional<OrderRow> lock(Tx tx) {
        return tx.orders().lock(String.valueOf(effective.namespace()), effective.orderId());
    }

    NewOrder asNew(Submission by) {
        return new NewOrder(Ids.next("ord"), Ids.next("shp"), effective, revision(by, effective), new Start(by, plan));
    }

    Revision revision(Submission by, Order what) {
        return new Revision(
                String.valueOf(what.namespace()),
                what.orderId(),
                recipient(what),
                what.reference(),
                what.identifiers(),
                canonical.toString(),
                Content.hash(canonical),
                Orders.text(what),
                String.valueOf(what.release()),
                channel == null ? by.channel() : channel,
                by.source(),
                by.mapping(),
                by.mappingVersion(),
                by.actor());
    }

    private static @Nullable String recipient(Order order) {
        String name = order.shipTo().name();
        return name == null || name.isEmpty() ? order.shipTo().company() : name;
    }
}
