package io.waybill.cli;

import io.waybill.problem.Code;

/** What can be wrong with what a command was given. */
public enum CommandCode implements Code {
    FILE_UNREADABLE,
    FILE_PRESENT,
    BILL_OF_NO_CARRIER,
    BILL_WITHOUT_REFERENCES,
    NOT_A_TABLE_FILE,
    FILE_OUT_OF_REACH,
    FILE_NOT_NAMEABLE,
    MACHINE_REFUSES,
    RESULTS_NOT_WRITTEN,
    FILE_IS_A_PIPE,
    BACKUP_NOT_COPIED,
    ORDER_NOT_RATED
}
