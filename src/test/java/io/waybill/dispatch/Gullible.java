package io.waybill.dispatch;

import io.waybill.carrier.Carrier;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import java.util.Optional;

/** A broken adapter: without an answer it believes that nothing was sold. */
final class Gullible implements Carrier {
    private final Carrier honest;

    Gullible(Carrier honest) {
        this.honest = honest;
    }

    @Override
    public Outcome buy(Prepared prepared) {
        Outcome outcome = honest.buy(prepared);
        return outcome instanceof Outcome.Unknown unknown
                ? new Outcome.NotSent(unknown.why(), Optional.empty(), unknown.response())
                : outcome;
    }

    @Override
    public IdempotencyClass idempotency() {
        return honest.idempotency();
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return honest.parcelsPerPurchase(shipment);
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        return honest.prepare(shipment, ref);
    }

    @Override
    public Found find(Ref ref) {
        return honest.find(ref);
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        return honest.fetch(id, request);
    }
}
