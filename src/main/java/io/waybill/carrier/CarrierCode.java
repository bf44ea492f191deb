package io.waybill.carrier;

import io.waybill.problem.Code;

/** Problems the carrier door finds. */
public enum CarrierCode implements Code {
    UNKNOWN_CARRIER,
    NOT_LATIN,
    CARRIER_NEEDS,
    CARRIER_TAKES_NOT,
    CARRIER_TOO_MANY_PARCELS,
    CARRIER_NEEDS_CONTENTS,
    ADDRESS_NOT_ALLOWED,
    CARRIER_HOOK_UNKNOWN,
    CARRIER_HOOK_OFF,
    CARRIER_HOOK_REFUSED,

    // a rate sheet's files
    RATE_SHEET_FILE_MISSING,
    RATE_SHEET_UNREADABLE,
    RATE_SHEET_COLUMN_MISSING,
    RATE_SHEET_COLUMN_UNKNOWN,
    RATE_SHEET_CELL,
    RATE_SHEET_ROW_TWICE,
    RATE_SHEET_NO_FUEL,

    // why a service of a rate sheet does not take a shipment
    RATE_NO_ZONE,
    RATE_NO_PRICE,
    RATE_TOO_HEAVY,
    RATE_TOO_LONG,
    RATE_NO_FUEL,

    // why an account has no price at all
    NO_PRICE_TOLD,
    SERVICE_CODE_TOO_LONG
}
