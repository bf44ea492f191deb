/** Places where a test stops the hub to see what survives; they do nothing else. Start at {@link io.waybill.failpoint.Failpoint}. */
@NullMarked
package io.waybill.failpoint;

import org.jspecify.annotations.NullMarked;
