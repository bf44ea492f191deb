package io.waybill.carrier;

/** What came of asking for a label. */
public sealed interface Fetched {
    /** Here it is. */
    record Ready(Label label) implements Fetched {}

    /** The carrier is still making it; ask again. */
    record NotYet(String why) implements Fetched {}

    /** The carrier has no such label, or cannot print it again. */
    record Gone(String why) implements Fetched {}
}
