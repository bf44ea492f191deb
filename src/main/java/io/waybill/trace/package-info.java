/** What is done for an order, as spans of one trace and words beside each line of the log. Start at {@link io.waybill.trace.Traces}. */
@NullMarked
package io.waybill.trace;

import org.jspecify.annotations.NullMarked;
