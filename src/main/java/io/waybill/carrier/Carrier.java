package io.waybill.carrier;

/**
 * One configured account at one carrier: what the purchase protocol needs and no more. Everything else an adapter can
 * do is a small interface of its own ({@link Rates}, {@link Voids}, {@link Tracks}), found by {@code instanceof}.
 *
 * <p>Methods block and are called from a worker thread of the account with no transaction open. None throws for
 * something the carrier may be expected to do: a refusal, silence or nonsense are {@link Outcome}s.
 */
public interface Carrier {

    /** How a purchase with an unknown outcome can be settled. Tested by {@code CarrierContract}. */
    IdempotencyClass idempotency();

    /** What it has, for whatever shipment, under our words and under its codes. */
    default Services services() {
        return Services.ANY;
    }

    /** How many parcels of this shipment one purchase takes, at least 1. The hub buys one of more in several purchases. */
    default int parcelsPerPurchase(Shipment shipment) {
        return Integer.MAX_VALUE;
    }

    /**
     * Builds the exact bytes of the purchase. May call free endpoints (a token, a create that costs nothing). The bytes
     * are stored before anything is bought and re-sent verbatim; they hold no auth header. The same shipment and ref
     * give the same bytes; where a create comes first, what it made before is looked up and used again if it says the
     * same, and never if it says something else.
     *
     * @throws RefusedException when the carrier cannot take this shipment at all (no such service, too heavy)
     * @throws RuntimeException when a free call has no answer that can be read; nothing was bought, and it is prepared again later
     */
    Prepared prepare(Shipment shipment, Ref ref);

    /** Whether {@link #prepare} asks nobody, and so is over at once: an order may then be prepared while it is taken in. */
    default boolean preparesAlone() {
        return true;
    }

    /** One POST on a fresh connection: no retry, no redirect. */
    Outcome buy(Prepared prepared);

    /** Looks a purchase up by its reference. An answer that cannot be read is {@link Found.Unreachable}, never {@link Found.Nothing}. */
    Found find(Ref ref);

    /** A label that comes after the purchase, or must be read again. */
    Fetched fetch(ShipmentId id, LabelRequest request);
}
