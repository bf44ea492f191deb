/**
 * Takes an order in once per (namespace, orderId), whichever channel brings it, and decides what its shipment waits
 * for. Start at {@link io.waybill.intake.Intake}.
 */
@NullMarked
package io.waybill.intake;

import org.jspecify.annotations.NullMarked;
