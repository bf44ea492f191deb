package io.waybill.carrier.declared;

import io.waybill.problem.Code;

/** What can be wrong with a described carrier, beyond keys and values. */
public enum DeclaredCode implements Code {
    DECLARED_CARRIER_UNKNOWN,
    DECLARED_PLACE_UNKNOWN,
    DECLARED_SECRET_SHOWN,
    DECLARED_MAPPING_WRITES,
    DECLARED_MAPPING_UNUSED,
    DECLARED_REPLY_STRICT,
    DECLARED_CLASS_UNEARNED
}
