package io.waybill;

import io.waybill.problem.Code;

/** What a look at a hub's parts tells beside the parts' own problems. */
enum CheckCode implements Code {
    RULE_ACCOUNT_UNKNOWN,
    SOURCE_WITHOUT_ROUTE,
    NAMED_FOLDER_MISSING,
    KEYS_NEEDED,
    STORE_EMBEDDED,
    STORE_NOT_MEASURED,
    STORE_POSTGRES,
    STORE_POSTGRES_FORCED,
    STORE_TOO_FAST,
    HUB_SERVES_KEPT,
    SERVED_VERSIONS_UNREAD,
    NAMESPACE_UNKNOWN,
    SOURCE_NAMESPACE_UNKNOWN,
    JOURNAL_UNHEARD,
    SINK_OF_NO_ONE,
    DRIVER_MISSING
}
