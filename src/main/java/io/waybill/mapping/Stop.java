package io.waybill.mapping;

/** What a document that is no order says of the order it names. */
public enum Stop {
    /** It is called off. */
    CANCEL,
    /** It is called off, which is no news of one that has its label. */
    CANCEL_UNSOLD,
    /** It waits; one that never came, or has its label, goes on as it is. */
    HOLD
}
