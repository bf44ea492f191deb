package io.waybill.carrier;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@link CarrierContract} of a carrier that a {@link CarrierStub} plays. */
public abstract class PlayedContract extends CarrierContract {

    /** Registered by the test as an extension, which opens it, makes it new for each test and hears its complaints. */
    protected abstract CarrierStub server();

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

    /** What cannot be read of one scan is not told; the parcel is followed all the same. */
    @Test
    void a_scan_that_lacks_something_ends_no_tracking() {
        Carrier carrier = carrier();
        assumeTrue(carrier instanceof Tracks && unknownCode().isPresent(), "no tracking");
        Outcome.Bought bought = bought(carrier.buy(carrier.prepare(shipment(Samples.PDF), Samples.ref())));
        List<String> number = bought.numbers().stream()
                .filter(one -> one.kind().equals("tracking"))
                .limit(1)
                .map(ExternalNumber::value)
                .toList();
        unknownCode().orElseThrow().accept(number.get(0));
        ((Tracks) carrier).track(number);
        byte[] answer = server().lastAnswer();
        assumeTrue(answer[0] == '{', "no JSON");
        for (Damage damage : Damage.of(answer)) {
            if (damage.at().matches(".*/\\d+/.*")) {
                Tracks told = (Tracks) atStub(aResponse().withStatus(200).withBody(damage.answer()));
                assertThatCode(() -> told.track(number)).as(damage.toString()).doesNotThrowAnyException();
            }
        }
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
