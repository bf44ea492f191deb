package io.waybill;

import io.waybill.problem.Code;

/** What can keep the hub as a whole from starting. */
enum HubCode implements Code {
    DATA_FOLDER_UNUSABLE,
    SANDBOX_CANNOT_START,
    HUB_IS_RUNNING
}
