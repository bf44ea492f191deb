package io.waybill.batch;

import io.waybill.problem.Code;

/** What can be wrong with a file as it is taken in, and with what is asked of it. */
public enum BatchCode implements Code {
    FILE_IN_WORK,
    FILE_CHANGED,
    FILE_NOT_REMOVED,
    FILE_STOPPED,
    NOT_A_FILE,
    SEND_FOLDER_MISSING,
    NOT_LAID_BESIDE,
    NO_DOCUMENTS,
    FILE_WITHOUT_MAPPING,
    BATCH_NOT_FOUND,
    BATCH_NOT_CHECKED,
    BATCH_FAILED,
    BATCH_OF_OTHERS,
    BATCH_FILE_GONE,
    BATCH_HAS_BAD_ROWS,
    BATCH_NOTHING_GOOD,
    BATCH_ABOVE_MAX,
    BATCH_PRICE_UNKNOWN,
    BATCH_OTHER_CURRENCY,
    BATCH_ORDER_TWICE,
    BATCH_ROWS_NOTED,
    REPLACES_ROW,
    COMPARISON_NOT_FOUND,
    SHEET_LONGER,
    HELD_FOR_WEIGHT,
    HELD_FOR_PARCELS,
    HELD_FOR_RELEASE,
    HELD_FOR_DATE
}
