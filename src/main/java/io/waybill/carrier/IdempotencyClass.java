package io.waybill.carrier;

/** How an unknown purchase is settled. */
public enum IdempotencyClass {
    /** The same key and body return the same label: send again. */
    A,
    /** A reference we chose can be searched: found is settled; not found goes to a person. */
    B,
    /** Neither: a person decides. */
    C
}
