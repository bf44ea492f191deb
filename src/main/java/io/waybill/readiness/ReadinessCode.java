package io.waybill.readiness;

import io.waybill.problem.Code;

/** What readiness tells: changes in the source, and the evidence of its verdicts. */
public enum ReadinessCode implements Code {
    // what is different in later documents
    COLUMN_RENAMED,
    COLUMN_VANISHED,
    COLUMN_ADDED,
    COLUMN_FORMAT,
    VALUES_NEW,

    // field readiness
    DOCUMENTS_VALID,
    ADDRESSES_VALID,
    SERVICES_KNOWN,
    SERVICES_NOT_CHECKED,
    WEIGHTS_GIVEN,
    SOURCE_STEADY,
    NOTHING_TO_COMPARE,
    VALUES_ASSUMED,

    // response model
    NUMBERS_COME_BACK,
    SINKS_LISTEN,
    ANSWER_BY_CALL,
    OTHER_NUMBERS_GIVEN,

    // parallel channels
    NUMBERS_UNIQUE,
    NUMBERS_STABLE,
    NUMBERS_ARE_ROWS,
    NAMESPACE_SHARED,

    // reconciliation continuity
    NUMBERS_FIT_LABELS,
    REFERENCES_GIVEN,
    BILLING_GIVEN,

    // what to integrate next
    STEP_LABEL_API,
    STEP_TRACKING,
    STEP_REFUNDS,
    STEP_BILLING,
    STEP_PROBLEM_ROWS,
    STEP_BILLING_FIELDS
}
