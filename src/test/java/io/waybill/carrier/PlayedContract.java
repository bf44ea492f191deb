package io.waybill.carrier;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

    /** Whether a scan that cannot be read hides no other: a mapping reads an answer as a whole, or not. */
    protected boolean readsScansOneByOne() {
        return true;
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
            if (damage.at().matches(".*/\\d+/.*")
                    && (readsScansOneByOne() || !damage.how().equals("garbled"))) {
                Tracks told = (Tracks) atStub(aResponse().withStatus(200).withBody(damage.answer()));
                assertThatCode(() -> told.track(number)).as(damage.toString()).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void a_look_up_that_lacks_something_is_never_nothing() {
        Carrier carrier = carrier();
        assumeTrue(carrier.idempotency() != IdempotencyClass.C, "no look-up");
        bought(carrier.buy(carrier.prepare(shipment(Samples.PDF), Samples.ref())));
        assumeTrue(carrier.find(Samples.ref()) instanceof Found.Sold, "finds later");
        damaged(stub ->
                assertThat(stub.find(Samples.ref())).isInstanceOfAny(Found.Sold.class, Found.Unreachable.class));
    }

    @Test
    void a_void_that_lacks_something_is_done_only_where_the_carrier_says_so() {
        Carrier carrier = carrier();
        assumeTrue(carrier instanceof Voids, "no voids");
        Outcome.Bought bought = bought(carrier.buy(carrier.prepare(shipment(Samples.PDF), Samples.ref())));
        ((Voids) carrier).cancel(bought.id(), Samples.ref());
        damaged(stub -> assertThatCode(() -> ((Voids) stub).cancel(bought.id(), Samples.ref()))
                .doesNotThrowAnyException());
    }

    @Test
    void prices_that_lack_something_are_whole_or_excluded() {
        Carrier carrier = carrier();
        assumeTrue(carrier instanceof Rates, "no prices");
        ((Rates) carrier).rates(shipment(Samples.PDF));
        damaged(stub -> assertThat(((Rates) stub).rates(shipment(Samples.PDF)))
                .allMatch(rate -> rate.excluded() != null || rate.total() != null)
                .allMatch(rate -> rate.total() == null || rate.total().amount().signum() > 0));
    }

    @Test
    void a_label_whose_answer_lacks_something_is_whole_or_asked_for_again() {
        Carrier carrier = carrier();
        Outcome.Bought bought = bought(carrier.buy(carrier.prepare(shipment(Samples.PDF), Samples.ref())));
        assumeTrue(carrier.fetch(bought.id(), Samples.PDF) instanceof Fetched.Ready, "comes later, or never again");
        damaged(stub -> assertThat(stub.fetch(bought.id(), Samples.PDF))
                .isInstanceOfAny(Fetched.Ready.class, Fetched.NotYet.class));
    }

    /** The carrier's last answer, damaged in every way, to whoever is asked now. */
    private void damaged(Consumer<Carrier> asked) {
        byte[] answer = server().lastAnswer();
        assumeTrue(answer.length > 0 && (answer[0] == '{' || answer[0] == '['), "no JSON");
        for (Damage damage : Damage.of(answer)) {
            Carrier carrier = atStub(aResponse().withStatus(200).withBody(damage.answer()));
            try {
                asked.accept(carrier);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(damage.toString(), e);
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
