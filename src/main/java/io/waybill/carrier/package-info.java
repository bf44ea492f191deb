/**
 * The carrier SPI. Start at {@link io.waybill.carrier.Carrier}; {@link io.waybill.carrier.Carriers} finds the adapters;
 * {@link io.waybill.carrier.RateSheet} prices without one.
 *
 * <p>An adapter is a folder beside: a factory, settings, requests and replies without I/O, and a short class that puts them
 * together over {@link io.waybill.carrier.AccountLine}. It may also be {@link io.waybill.carrier.Rates}, {@link
 * io.waybill.carrier.Voids}, {@link io.waybill.carrier.Tracks} and {@link io.waybill.carrier.Webhooks}. CONTRIBUTING.md
 * says what to take for what.
 */
@NullMarked
package io.waybill.carrier;

import org.jspecify.annotations.NullMarked;
