package io.waybill.cli;

import io.waybill.problem.Code;

/** What can be wrong with what a command was given. */
public enum CommandCode implements Code {
    FILE_UNREADABLE,
    FILE_PRESENT,
    ORDER_NOT_RATED
}
