package io.waybill.format;

import io.waybill.problem.Code;

/** What can be wrong with a file before anybody asks what it means. */
public enum FormatCode implements Code {
    UNKNOWN_FORMAT,
    UNREADABLE_FILE,
    EMPTY_FILE,
    FILE_TOO_LARGE,
    UNDECODABLE_TEXT,
    TOO_MANY_ROWS,
    TOO_MANY_COLUMNS,
    TOO_MANY_CELLS,
    CELL_TOO_LONG,
    OPEN_QUOTE,
    MISSING_HEADER,
    UNKNOWN_GROUP_COLUMN,
    EMPTY_GROUP_KEY,
    SCATTERED_GROUP,
    GROUP_TOO_LARGE,
    BAD_JSON,
    NO_RECORDS,
    PACKED_TOO_TIGHT,
    PACKED_BADLY,
    BAD_XML
}
