package io.waybill.station;

import io.waybill.problem.Code;

/** What can be wrong with a printer. */
public enum StationCode implements Code {
    STATION_UNKNOWN,
    STATION_UNREACHABLE,
    STATION_FORMAT
}
