package io.waybill.dispatch;

import io.waybill.problem.Code;

/** What a purchase can need a person for. */
public enum DispatchCode implements Code {
    PURCHASE_FAILED,
    PURCHASE_UNRESOLVED,
    PURCHASE_UNDER_REVIEW,
    PURCHASE_AFTER_RESTORE,
    LOOK_UP_AFTER_RESTORE,
    ORPHAN_LABEL,
    ORPHAN_NOT_VOIDED,
    BOUGHT_ANYWAY,
    LABEL_OVERDUE,
    LABEL_GONE,
    NO_RATE,
    RATING_BROKE,
    VOID_REFUSED,
    VOID_NOT_OFFERED,
    NOTHING_TO_VOID,
    NOTHING_TO_RESOLVE,
    NOT_LOOKED_UP_YET,
    WHICH_SHIPMENT,
    NUMBER_NEEDED,
    NUMBER_TAKEN,
    LABEL_UNREADABLE
}
