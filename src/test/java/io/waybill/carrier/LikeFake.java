package io.waybill.carrier;

/** Sells as a fake carrier does, but for what a test has it do otherwise, and beside what else it can. */
public interface LikeFake extends Carrier {
    FakeCarrier fake();

    @Override
    default IdempotencyClass idempotency() {
        return fake().idempotency();
    }

    @Override
    default Prepared prepare(Shipment shipment, Ref ref) {
        return fake().prepare(shipment, ref);
    }

    @Override
    default Outcome buy(Prepared prepared) {
        return fake().buy(prepared);
    }

    @Override
    default Found find(Ref ref) {
        return fake().find(ref);
    }

    @Override
    default Fetched fetch(ShipmentId id, LabelRequest request) {
        return fake().fetch(id, request);
    }
}
