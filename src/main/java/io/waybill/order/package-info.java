/** The canonical order as immutable records, its JSON, its schemas and its address rules. Start at {@link io.waybill.order.Orders}. */
@NullMarked
package io.waybill.order;

import org.jspecify.annotations.NullMarked;
