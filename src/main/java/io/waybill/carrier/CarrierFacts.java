package io.waybill.carrier;

import java.util.List;

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
 */
public record CarrierFacts(
        String name,
        String api,
        Class<? extends Carrier> adapter,
        IdempotencyClass idempotency,
        List<String> formats,
        Bill bill,
        List<String> lacks) {

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
}
