/**
 * UPS: Rating, Shipping and Void v2409, Label Recovery v1, Tracking v1, Track Alert. Start at {@link
 * io.waybill.carrier.ups.UpsFactory}.
 *
 * <p>Class B: UPS has no idempotency key. Our ref travels as a reference number (the second, after the order number; at
 * package level within the US and within Puerto Rico, at shipment level elsewhere), and Label Recovery finds it again.
 *
 * <p>Services are called by the words or the codes of {@code services.csv}. Labels are asked for as GIF, ZPL or EPL; PDF and
 * PNG are made of the GIF. Where an account has negotiated rates they are the price, and the list price stands beside it.
 */
@NullMarked
package io.waybill.carrier.ups;

import org.jspecify.annotations.NullMarked;
