package io.waybill.intake;

import io.waybill.problem.Code;

/** What stands in the way of an act on an order. */
enum IntakeCode implements Code {
    LABEL_IS_SOLD,
    STILL_MISSING,
    CHANGE_NOT_TAKEN,
    ORDER_CHANGED,
    NAME_STAYS,
    NO_LABEL_YET,
    LABEL_STILL_GOOD,
    NO_SHIPMENT,
    SKIPPED,
    OLDER_THAN_KNOWN,
    FOREIGN_NAMESPACE,
    ORIGINAL_NOT_KEPT,
    OUTSIDE_OTHER_CARRIER,
    OUTSIDE_NUMBER_TAKEN,
    OUTSIDE_SECOND_LABEL,
    CANCELLED_UNKNOWN,
    CANCELLED_LATE,
    ORDER_BOUGHT_MEANWHILE,
    LABELS_OFF,
    CHANNEL_CLOSED,
    CHANNEL_NOT_OPEN,
    CHANNEL_READ_ONLY,
    SHADOWED
}
