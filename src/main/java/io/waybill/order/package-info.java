/** The canonical order as immutable records. Start at {@link io.waybill.order.Order}. */
@NullMarked
package io.waybill.order;

import org.jspecify.annotations.NullMarked;
