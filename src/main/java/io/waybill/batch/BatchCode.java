package io.waybill.batch;

import io.waybill.problem.Code;

/** What can be wrong with a file as it is taken in. */
public enum BatchCode implements Code {
    FILE_IN_WORK,
    FILE_CHANGED,
    FILE_STOPPED,
    NO_DOCUMENTS
}
