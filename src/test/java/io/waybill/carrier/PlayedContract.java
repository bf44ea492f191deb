package io.waybill.carrier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.util.Optional;

/** {@link CarrierContract} of a carrier that a {@link CarrierStub} plays. */
public abstract class PlayedContract extends AnyAnswerContract {

    @Override
    protected Carrier carrier() {
        return carrierAt(server().url());
    }

    @Override
    protected Optional<Shipment> refused() {
        return Optional.of(named("REFUSE Jane Roe"));
    }

    @Override
    protected Optional<Shipment> soldAndLost() {
        return Optional.of(named("LOSE Jane Roe"));
    }

    private Shipment named(String recipient) {
        Shipment usual = shipment(Samples.PDF);
        ObjectNode order = Json.mapper().valueToTree(usual.order());
        ((ObjectNode) order.path("shipTo")).put("name", recipient);
        return new Shipment(
                Json.mapper().convertValue(order, Order.class),
                usual.seq(),
                usual.service(),
                usual.shipFrom(),
                usual.parcels(),
                usual.label());
    }
}
