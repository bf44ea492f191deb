package io.waybill.edge;

import io.waybill.problem.Code;

/** What can be wrong with a route file before it runs, and what is worth telling of it. */
public enum RouteCode implements Code {
    ROUTE_BAD_YAML,
    ROUTE_TARGET_UNKNOWN,
    ROUTE_TEMPLATE_UNKNOWN,
    ROUTE_PARAMETER_MISSING,
    ROUTE_PARAMETER_UNKNOWN,
    ROUTE_SCHEME_UNKNOWN,
    ROUTE_TOO_LONG,
    ROUTE_OFF,
    ROUTE_NOT_READ,
    ROUTE_OWN_FAILURES,
    ROUTE_MAKES_FOLDER,
    ROUTE_UNVERIFIED,
    ROUTE_CHOSEN_BY_DATA,
    ROUTE_ID_TAKEN,
    ROUTE_ID_FOREIGN,
    ROUTE_OF_ANOTHER,
    ROUTE_FOLDER_TAKEN,
    ROUTE_FOLDER_SHARED,
    ROUTE_CALL_WITHOUT_BODY,
    ROUTE_PARAMETER_BAD,
    ROUTE_NAME_UNKNOWN,
    ROUTE_KEY_UNREAD,
    ROUTE_FOLDER_ABSENT
}
