package io.waybill.edge;

import io.waybill.problem.Code;

/** What can be wrong with what a route hands to a port. */
public enum PortCode implements Code {
    MISSING_PROPERTY,
    MISSING_KEY_COLUMN,
    ROW_COLUMNS_MISSING,
    ROW_COLUMNS_SURPLUS,
    NO_CONTENT,
    FETCHED_SHORT
}
