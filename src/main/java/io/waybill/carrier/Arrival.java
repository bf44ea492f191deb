package io.waybill.carrier;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a fact about a shipment comes from its carrier.
 *
 * @param how every way it may come, the usual one first; empty when it does not come
 * @param usually how long after it was asked for; null when that is not known
 */
public record Arrival(List<Way> how, @Nullable Duration usually) {

    /** What is waited for. */
    public enum Fact {
        LABEL,
        NUMBER,
        /** What the label costs, as the carrier says when it sells it. */
        CHARGE,
        /** The money of a label that was given back. */
        REFUND,
        /** What the label costs in the end. */
        BILL,
        TRACKING
    }

    public enum Way {
        /** In the answer to the purchase; a refund, to the void. */
        SYNC,
        /** The hub asks for it. */
        POLL,
        /** The carrier calls the hub. */
        PUSH,
        /** An invoice file. */
        FILE
    }

    /** At once where the answer always holds it, else after a time nobody states. */
    public static Arrival by(Way... how) {
        List<Way> ways = List.of(how);
        return new Arrival(ways, ways.equals(List.of(Way.SYNC)) ? Duration.ZERO : null);
    }

    /** The same without what is pushed, for an account that takes nothing in. */
    public Arrival withoutPush() {
        return new Arrival(how.stream().filter(way -> way != Way.PUSH).toList(), usually);
    }
}
