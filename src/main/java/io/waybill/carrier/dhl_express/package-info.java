/**
 * DHL Express: MyDHL API 3.1.1, rating, shipments, tracking and document images. Start at {@link
 * io.waybill.carrier.dhl_express.ExpressFactory}.
 *
 * <p>Class B: there is no idempotency key. Our ref travels as the second reference of the shipment and tracking by reference
 * finds it, also before the first scan ({@code trackingView=advance-shipment}). It finds numbers only: DHL prints no
 * transport label again ({@code get-image} has scanned waybills and customs papers), and takes no label back. So what is
 * found is told to a person with its number, who uses the label if it is in hand or buys anew; an unused waybill just never
 * moves. A label bought besides goes to a person for the same reason.
 *
 * <p>DHL wants to know when a shipment is handed over, not in the past and at most ten days ahead. That is the order's ship
 * date at the account's {@code shipTime}; without one, or when it is over, the next time it is {@code shipTime}. It is the
 * one thing in a request that the day decides; what was prepared is stored and not prepared anew.
 *
 * <p>Not supported: voids, printing a label again, booking pickups, dangerous goods and batteries, label-free shipping, landed costs,
 * service points.
 */
@NullMarked
package io.waybill.carrier.dhl_express;

import org.jspecify.annotations.NullMarked;
