package io.waybill.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.util.List;

/** Reads JSON the hub itself stored; nonsense there is a surprise. */
final class Stored {
    private Stored() {}

    static List<Order.Parcel> parcels(String text) {
        return List.of(Json.kept(text, Order.Parcel[].class));
    }

    /** What this shipment of an order is to say. */
    static Order order(OrderRow order, ShipmentRow shipment) {
        return shipment.isWholeOrder()
                ? order(order.effective())
                : Json.mapper().convertValue(shipment.content(Json.kept(order.effective())), Order.class);
    }

    /**
     * What a shipment, or the one it was cut from, is to say of an order.
     *
     * @param packed with the parcels the pack bench gave, which the order has
     */
    static Order asked(ShipmentRow shipment, Order order, boolean packed) {
        return shipment.asked() == null
                ? order
                : Json.mapper().convertValue(shipment.wholeContent(tree(order), packed), Order.class);
    }

    /** As its document said it, blanks and all. */
    static Order said(OrderRow order) {
        return Json.mapper().convertValue(Content.said(Json.kept(order.content())), Order.class);
    }

    static Order order(String text) {
        return Json.kept(text, Order.class);
    }

    static JsonNode tree(Object value) {
        return Json.mapper().valueToTree(value);
    }
}
