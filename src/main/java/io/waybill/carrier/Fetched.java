package io.waybill.carrier;

import java.util.List;

/** What came of asking for a label. */
public sealed interface Fetched {
    /**
     * Here it is.
     *
     * @param numbers that are known now, of a shipment that was sold before it had any
     * @param charges the parts of its price, of a shipment that was sold before it had one
     */
    record Ready(Label label, List<ExternalNumber> numbers, List<Charge> charges) implements Fetched {
        public Ready(Label label) {
            this(label, List.of(), List.of());
        }
    }

    /** The carrier is still making it; ask again. */
    record NotYet(String why) implements Fetched {}

    /** The carrier has no such label, or cannot print it again. */
    record Gone(String why) implements Fetched {}
}
