/**
 * Chooses a carrier and buys one label, never two: rates, purchases, recovery, labels that come later, voids. Start at
 * {@link io.waybill.dispatch.Dispatch}, which leads to {@link io.waybill.dispatch.Rating} for prices.
 */
@NullMarked
package io.waybill.dispatch;

import org.jspecify.annotations.NullMarked;
