/** Delivers recorded events to the sinks, at least once and in order. Start at {@link io.waybill.delivery.Delivery}. */
@NullMarked
package io.waybill.delivery;

import org.jspecify.annotations.NullMarked;
