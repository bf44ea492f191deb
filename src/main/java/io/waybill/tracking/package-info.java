/**
 * Asks carriers where parcels are, normalises what they say and tells the sinks. Start at {@link
 * io.waybill.tracking.Tracking}.
 */
@NullMarked
package io.waybill.tracking;

import org.jspecify.annotations.NullMarked;
