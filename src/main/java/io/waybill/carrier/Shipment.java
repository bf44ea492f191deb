package io.waybill.carrier;

import io.waybill.order.Address;
import io.waybill.order.Order;
import java.util.List;

/**
 * What is to be bought: every parcel has a weight, the sender is known, the service is the carrier's own.
 *
 * @param order the order as it was frozen for this purchase; customs, items, billing and options are read from it
 * @param service the carrier's service code, {@code ground}
 * @param seq 1 for the order's first shipment, 2 for a second label
 */
public record Shipment(
        Order order, int seq, String service, Address shipFrom, List<Order.Parcel> parcels, LabelRequest label) {}
