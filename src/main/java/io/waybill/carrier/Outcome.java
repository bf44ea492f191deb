package io.waybill.carrier;

import io.waybill.text.Shortened;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What came of one purchase request. */
public sealed interface Outcome {

    /** The raw answer, for the record; empty when there was none. */
    byte[] response();

    /**
     * Sold.
     *
     * @param id the carrier's number of the shipment
     * @param numbers every external number known now; others may follow
     * @param charges the parts of the price as the carrier stated them; never added to each other's side
     * @param label empty when the label comes later
     * @param said what the carrier warns of in its own words though it sold, or empty
     */
    record Bought(
            ShipmentId id,
            List<ExternalNumber> numbers,
            List<Charge> charges,
            Optional<Label> label,
            byte[] response,
            String said)
            implements Outcome {
        private static final int LONGEST = 1_000;

        /** Without a warning. */
        public Bought(
                ShipmentId id,
                List<ExternalNumber> numbers,
                List<Charge> charges,
                Optional<Label> label,
                byte[] response) {
            this(id, numbers, charges, label, response, "");
        }

        /** The same, of which the carrier warns in these words. */
        public Bought warned(Stream<String> words) {
            String all = words.filter(one -> !one.isBlank()).distinct().collect(Collectors.joining("; "));
            return new Bought(id, numbers, charges, label, response, Shortened.openly(LONGEST, all));
        }
    }

    /**
     * The carrier decided no, and nothing was sold.
     *
     * @param words the carrier's own words
     * @param code the carrier's own code, or null
     * @param pointer JSON pointer into the canonical order when the carrier named a field, or null
     */
    record Refused(
            String words, @Nullable String code, @Nullable String pointer, byte[] response) implements Outcome {}

    /**
     * Certainly not bought: no byte left, or a documented 429. May be tried again after a while.
     *
     * @param isHeldBack the hub did not ask, to keep the account's pace: it says nothing of the carrier
     */
    record NotSent(String why, Optional<Duration> retryAfter, byte[] response, boolean isHeldBack) implements Outcome {
        public NotSent(String why, Optional<Duration> retryAfter, byte[] response) {
            this(why, retryAfter, response, false);
        }
    }

    /** The carrier may have sold: time-out, reset, 5xx, an answer that cannot be read. */
    record Unknown(String why, byte[] response) implements Outcome {}

    /** One answer for each case. */
    default <T> T fold(
            Function<Bought, T> bought,
            Function<Refused, T> refused,
            Function<NotSent, T> notSent,
            Function<Unknown, T> unknown) {
        if (this instanceof Bought it) {
            return bought.apply(it);
        }
        if (this instanceof Refused it) {
            return refused.apply(it);
        }
        if (this instanceof NotSent it) {
            return notSent.apply(it);
        }
        return unknown.apply((Unknown) this);
    }
}
