package io.waybill.carrier;

import io.waybill.problem.Code;

/** Problems the carrier door finds. */
public enum CarrierCode implements Code {
    UNKNOWN_CARRIER,
    NOT_LATIN,
    CARRIER_NEEDS,
    CARRIER_TAKES_NOT,
    CARRIER_TOO_MANY_PARCELS,
    CARRIER_HOOK_UNKNOWN,
    CARRIER_HOOK_OFF,
    CARRIER_HOOK_REFUSED
}
