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
import io.waybill.carrier.Voids;
import java.util.function.Function;

/** A carrier that is asked for voids only, and answers each number as it is told to. */
final class VoidDesk implements Carrier, Voids {
    /** By the number of the label. */
    Function<String, Voided> answers = number -> new Voided.Unknown("closed");

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        return answers.apply(id.value());
    }

    @Override
    public IdempotencyClass idempotency() {
        return IdempotencyClass.B;
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        throw new AssertionError("nothing is bought here");
    }

    @Override
    public Outcome buy(Prepared prepared) {
        throw new AssertionError("nothing is bought here");
    }

    @Override
    public Found find(Ref ref) {
        return new Found.Impossible();
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        return new Fetched.Gone("none");
    }
}
