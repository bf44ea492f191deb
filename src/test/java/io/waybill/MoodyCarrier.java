package io.waybill;

import io.waybill.carrier.Account;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Balances;
import io.waybill.carrier.Charge;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.Fees;
import io.waybill.carrier.HookProof;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LikeFake;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A {@link FakeCarrier} that is impatient about labels and can also keep its prices, break before a purchase, and tell where parcels are or break on it. */
final class MoodyCarrier implements LikeFake, Rates, Voids, Tracks, Webhooks, Fees, Balances {
    /** When whatever it tells of happened. */
    private static final Instant LATELY = Instant.now().minusSeconds(3600);

    final FakeCarrier fake;
    volatile boolean keepsPrices;
    volatile boolean breaksOnPurchases;
    volatile boolean breaksOnTracking;
    /** Its pushes can be read. */
    volatile boolean understands = true;

    /** What the account has left, in dollars; below 100 a person is told. */
    volatile String left = "500";

    /** What its next push tells. */
    final List<Event> pushed = new CopyOnWriteArrayList<>();

    private final List<String> statuses = new CopyOnWriteArrayList<>();

    MoodyCarrier(IdempotencyClass kind) {
        fake = new FakeCarrier(kind, "8.10");
    }

    @Override
    public FakeCarrier fake() {
        return fake;
    }

    Account account(String name) {
        Aftercare hasty = new Aftercare(
                Duration.ofMillis(1), List.of(Duration.ofHours(1)), Duration.ofDays(1), Duration.ofMillis(200));
        return new Account(name, "fake", this, Set.of(), 4, Duration.ofMillis(50), "on_creation", false, hasty);
    }

    /** The next thing it tells of every parcel. */
    void says(String status) {
        statuses.add(status);
    }

    /** Something it pushes. */
    static Delivery push(String body) {
        return new Delivery(Map.of("secret", "echoed"), body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public String prove(Delivery delivery) {
        HookProof.requireEcho(List.of("echoed"), delivery.header("Secret"));
        return HookProof.nameOf(delivery.body());
    }

    @Override
    public List<Event> read(byte[] body) {
        if (!understands) {
            throw new IllegalStateException("a new format");
        }
        return List.copyOf(pushed);
    }

    @Override
    public Balance balance() {
        return new Balance(Money.of(left, "USD"), new BigDecimal("100"));
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        if (breaksOnPurchases) {
            throw new IllegalStateException("no template for this country");
        }
        return fake.prepare(shipment, ref);
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        return keepsPrices ? List.of() : fake.rates(shipment);
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        return fake.cancel(id, ref);
    }

    @Override
    public Optional<List<Charge>> fees(ShipmentId id, Ref ref) {
        return fake.fees(id, ref);
    }

    @Override
    public List<Event> track(List<String> numbers) {
        if (breaksOnTracking) {
            throw new IllegalStateException("nonsense from the carrier");
        }
        return java.util.stream.IntStream.range(0, statuses.size())
                .boxed()
                .flatMap(i -> numbers.stream()
                        .map(number -> new Event(
                                number,
                                statuses.get(i),
                                "C" + i,
                                null,
                                "Austin",
                                LATELY.plusSeconds(i).atOffset(ZoneOffset.UTC))))
                .toList();
    }
}
