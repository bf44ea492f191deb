package io.waybill.api;

import io.waybill.problem.Code;

/** What can be wrong with a call before anyone looks at what it asks, or with what it asks for. */
enum ApiCode implements Code {
    KEY_MISSING,
    KEY_REFUSED,
    HOST_REFUSED,
    ORIGIN_REFUSED,
    PROXY_WITHOUT_KEYS,
    BODY_TOO_LARGE,
    BODY_TOO_SLOW,
    HUB_BUSY,
    METRICS_NEED_A_KEY,
    NO_SUCH_PATH,
    METHOD_NOT_ALLOWED,
    REQUEST_UNREADABLE,
    UNKNOWN_PARAMETER,
    BAD_PARAMETER,
    BAD_IDEMPOTENCY_KEY,
    OTHER_ORDER,
    HUB_FAILED,
    UNSAFE_BIND,
    PROXY_NEEDS_KEYS,
    PORT_TAKEN,
    NOT_OURS,
    NOT_YOUR_SOURCE,
    NOT_YOUR_NAMESPACE,
    NO_SUCH_PARCEL,
    EXCEPTION_NOT_FOUND,
    EXCEPTION_CLOSED,
    NOTHING_TO_RETRY,
    ASSIGNEE_MISSING,
    UNKNOWN_ASSIGNEE,
    DROP_IT_AGAIN,
    ACCOUNT_NOT_FOUND,
    ENCODING_NOT_TAKEN,
    LINK_OVER,
    CSRF_MISSING
}
