package io.waybill.tracking;

import io.waybill.problem.Code;

/** What a journey can need a person for. */
public enum TrackingCode implements Code {
    TRACKING_FAILED,
    PARCEL_STUCK,
    PARCEL_STILL,
    PARCEL_UNKNOWN,
    HOOK_UNREADABLE
}
