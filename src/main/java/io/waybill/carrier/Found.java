package io.waybill.carrier;

import java.util.List;
import java.util.stream.Collectors;

/** What came of a look-up by reference. */
public sealed interface Found {
    /** It was sold; this is it. The label may be missing where the carrier cannot print again. */
    record Sold(Outcome.Bought bought) implements Found {}

    /**
     * It was sold; the carrier tells no number, or several of which one is the label that was asked for.
     *
     * @param several all that are sold under the reference, where it tells so many; none where it tells no number
     */
    record Untold(String why, List<Outcome.Bought> several) implements Found {
        public Untold(String why) {
            this(why, List.of());
        }

        /** @param several the shipments that have one reference */
        public static Untold several(List<Outcome.Bought> several) {
            return new Untold(
                    "several shipments under one reference: "
                            + several.stream().map(one -> one.id().value()).collect(Collectors.joining(", ")),
                    several);
        }
    }

    /** The carrier answered and knows no such purchase. Believed only as far as the idempotency class allows. */
    record Nothing() implements Found {}

    /** The look-up itself failed; ask again. */
    record Unreachable(String why) implements Found {}

    /** This carrier has no look-up. */
    record Impossible() implements Found {}
}
