package io.waybill.access;

import io.waybill.problem.Code;

/** What can be wrong with a key. */
public enum AccessCode implements Code {
    UNKNOWN_SCOPE,
    UNKNOWN_ROLE,
    UNKNOWN_KEY_ID,
    KEY_WITHOUT_NAME,
    KEY_WITHOUT_SCOPES,
    KEY_BESIDE_ANOTHER,
    KEY_BESIDE_SOURCE,
    BAD_NAMESPACE,
    SCOPE_MISSING,
    SPENDING_LIMIT,
    OVER_SPENDING_LIMIT,
    HOOK_NOT_SIGNED,
    HOOK_REFUSED,
    HOOK_TOO_OLD,
    TOO_MANY_TRIES
}
