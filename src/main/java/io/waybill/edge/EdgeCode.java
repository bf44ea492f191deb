package io.waybill.edge;

import io.waybill.problem.Code;

/** What can be wrong at the edges. */
public enum EdgeCode implements Code {
    SINK_WITHOUT_ROUTE,
    NOT_AN_EVENT,
    ROW_NOT_FLAT,
    FOLDER_MISSING,
    FILE_DIFFERS,
    BAD_SIGNING_SECRET,
    ALERT_NOT_TAKEN,
    BAD_HOOK_SECRET,
    SYSTEM_AWAY,
    SYSTEM_BUSY,
    SYSTEM_LOCKED,
    DATABASE_AWAY,
    DATABASE_LOCKED,
    SYSTEM_REFUSES,
    SYSTEM_BAD_PATH,
    ROW_NOT_NUMBERED,
    ROW_NOT_THERE,
    ROW_UNMARKED,
    SYSTEM_STRANGER,
    SYSTEM_UNPROVEN,
    HOST_KEY_MISSING,
    SERVER_KEEPS_FILE,
    POLL_BAD_ITEM,
    POLL_CUT_OFF,
    ROUTE_BROKEN
}
