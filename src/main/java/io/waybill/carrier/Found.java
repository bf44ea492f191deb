package io.waybill.carrier;

/** What came of a look-up by reference. */
public sealed interface Found {
    /** It was sold; this is it. The label may be missing where the carrier cannot print again. */
    record Sold(Outcome.Bought bought) implements Found {}

    /** It was sold, and the carrier tells neither its number nor its label. */
    record Untold(String why) implements Found {}

    /** The carrier answered and knows no such purchase. Believed only as far as the idempotency class allows. */
    record Nothing() implements Found {}

    /** The look-up itself failed; ask again. */
    record Unreachable(String why) implements Found {}

    /** This carrier has no look-up. */
    record Impossible() implements Found {}
}
