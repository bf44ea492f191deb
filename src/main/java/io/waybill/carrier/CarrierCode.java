package io.waybill.carrier;

import io.waybill.problem.Code;

/** Problems the carrier door finds. */
public enum CarrierCode implements Code {
    UNKNOWN_CARRIER,
    NOT_LATIN,
    CARRIER_HOOK_UNKNOWN,
    CARRIER_HOOK_OFF,
    CARRIER_HOOK_REFUSED
}
