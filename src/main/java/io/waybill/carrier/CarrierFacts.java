package io.waybill.carrier;

import io.waybill.carrier.Arrival.Fact;
import io.waybill.carrier.Arrival.Way;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an adapter can do, for people who choose a carrier. Rates, voids, tracking and webhooks are not said here: the
 * adapter has them when it implements their interfaces.
 *
 * @param name the carrier's own, {@code UPS}
 * @param api its interface and version
 * @param adapter implements {@link Carrier}
 * @param formats what a label may be asked for: {@code PDF PNG ZPL EPL2}
 * @param bill how its bill comes
 * @param lacks what is not supported, one short phrase each
 * @param otherwise facts that come in another way than {@link #arrivals} derives
 */
public record CarrierFacts(
        String name,
        String api,
        Class<? extends Carrier> adapter,
        IdempotencyClass idempotency,
        List<String> formats,
        Bill bill,
        List<String> lacks,
        Map<Fact, Arrival> otherwise) {

    /** Of a carrier that sells number, label and price in one answer. */
    public CarrierFacts(
            String name,
            String api,
            Class<? extends Carrier> adapter,
            IdempotencyClass idempotency,
            List<String> formats,
            Bill bill,
            List<String> lacks) {
        this(name, api, adapter, idempotency, formats, bill, lacks, Map.of());
    }

    /** How a carrier's bill comes. */
    public enum Bill {
        FILE,
        PULL,
        NONE
    }

    /** Whether the adapter implements a capability. */
    public boolean can(Class<?> capability) {
        return capability.isAssignableFrom(adapter);
    }

    /** How each fact about a shipment comes. */
    public Map<Fact, Arrival> arrivals() {
        Map<Fact, Arrival> arrivals = new EnumMap<>(Fact.class);
        for (Fact fact : Fact.values()) {
            Arrival own = otherwise.get(fact);
            arrivals.put(fact, own == null ? derived(fact) : own);
        }
        return arrivals;
    }

    private Arrival derived(Fact fact) {
        return switch (fact) {
            case LABEL, NUMBER, CHARGE -> Arrival.by(Way.SYNC);
            case REFUND -> ways(can(Voids.class) && can(Fees.class), Way.POLL, can(Voids.class) && isFiled(), Way.FILE);
            case BILL -> ways(isFiled(), Way.FILE, bill == Bill.PULL, Way.POLL);
            case TRACKING -> ways(can(Tracks.class), Way.POLL, can(Webhooks.class), Way.PUSH);
        };
    }

    private boolean isFiled() {
        return bill == Bill.FILE;
    }

    private static Arrival ways(boolean first, Way one, boolean second, Way other) {
        List<Way> ways = new ArrayList<>();
        if (first) {
            ways.add(one);
        }
        if (second) {
            ways.add(other);
        }
        return new Arrival(ways, null);
    }
}
