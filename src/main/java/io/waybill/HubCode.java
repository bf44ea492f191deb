package io.waybill;

import io.waybill.problem.Code;

/** What can keep the hub as a whole from starting, or from taking orders in. */
enum HubCode implements Code {
    DATA_FOLDER_UNUSABLE,
    SANDBOX_CANNOT_START,
    SANDBOX_FOR_ITSELF,
    HUB_IS_RUNNING,
    HUB_IS_STARTING,
    HUB_AWAY,
    NO_DATABASE_HERE,
    LOG_FORMAT_UNKNOWN,
    NODES_ARE_RUNNING,
    HUB_STOPPING,
    DATABASE_GONE,
    DATABASE_OUTGROWN,
    DATABASE_FULL,
    DISK_LOW,
    BACKLOG_TOO_OLD,
    SOURCE_BACKLOG_FULL,
    SOURCE_TOO_FAST
}
