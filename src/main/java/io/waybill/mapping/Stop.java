package io.waybill.mapping;

/** What a document that is no order says of the order it names. */
public enum Stop {
    /** It is called off. */
    CANCEL,
    /** It is called off, which is no news of one that has its label. */
    CANCEL_UNSOLD,
    /** It waits; of one that has its label a person is told, one that never came is none of ours. */
    HOLD,
    /** It waits, which is no news of one that has its label. */
    HOLD_UNSOLD;

    /** Whether the order waits, instead of being called off. */
    public boolean isHold() {
        return this == HOLD || this == HOLD_UNSOLD;
    }
}
