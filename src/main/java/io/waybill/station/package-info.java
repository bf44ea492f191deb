/**
 * Printers beside pack benches, named in the settings: a folder a print program watches, or a port that takes labels as they
 * are. Start at {@link io.waybill.station.Stations}.
 */
@NullMarked
package io.waybill.station;

import org.jspecify.annotations.NullMarked;
