package io.waybill.carrier;

import io.waybill.problem.Code;

/** Problems the carrier door finds. */
public enum CarrierCode implements Code {
    UNKNOWN_CARRIER
}
