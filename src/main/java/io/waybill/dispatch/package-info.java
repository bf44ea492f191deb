/**
 * Chooses a carrier and buys one label, never two: rates, purchases, recovery, labels that come later, voids. Start at
 * {@link io.waybill.dispatch.Dispatch}.
 */
@NullMarked
package io.waybill.dispatch;

import org.jspecify.annotations.NullMarked;
