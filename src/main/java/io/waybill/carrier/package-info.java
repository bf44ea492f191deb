/** The carrier SPI. Start at {@link io.waybill.carrier.Carrier}; {@link io.waybill.carrier.Carriers} finds the adapters; {@link io.waybill.carrier.RateSheet} prices without one. */
@NullMarked
package io.waybill.carrier;

import org.jspecify.annotations.NullMarked;
