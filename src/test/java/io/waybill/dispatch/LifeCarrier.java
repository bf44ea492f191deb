package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Account;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.Charge;
import io.waybill.carrier.Fees;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Manifests;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids;
import io.waybill.measure.Money;
import io.waybill.order.Address;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A carrier with a book of its own. How it answers comes of a seed and of what it is asked, so that it answers the same
 * where other questions are left out; until it is calm. While it is asked, other things happen.
 */
final class LifeCarrier implements Carrier, Voids, Rates, Fees, Manifests {
    private static final Aftercare CARE = new Aftercare(
            Duration.ofMinutes(30),
            List.of(Duration.ofMinutes(15), Duration.ofHours(24)),
            Duration.ofDays(28),
            Duration.ofDays(5));

    /** Of an adapter. */
    static final class Bug extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Bug(String message) {
            super(message);
        }
    }

    private final LifeNature nature;
    private final String account;
    private final String carrierId;
    private final LifeMood mood;
    private final LifeSales sales;
    private final LifeSelling selling;
    private final LifeGivingBack givingBack;
    private final LifeClosing closing;

    /** Of an account of its own name. */
    LifeCarrier(String name, long seed, Consumer<String> history, Runnable meanwhile) {
        this(name, name, "ups", seed, history, meanwhile);
    }

    private LifeCarrier(
            String name, String account, String carrierId, long seed, Consumer<String> history, Runnable meanwhile) {
        this.account = account;
        this.carrierId = carrierId;
        this.nature = LifeNature.thrown(name, seed);
        this.mood = new LifeMood(seed);
        this.sales = new LifeSales(nature, mood, history);
        LifeCounter counter = new LifeCounter(nature, mood, sales, history, meanwhile);
        this.selling = new LifeSelling(counter);
        this.givingBack = new LifeGivingBack(counter);
        this.closing = new LifeClosing(counter);
    }

    /** What the settings may name for an account in another's place. */
    static LifeCarrier heir(String account, long seed, Consumer<String> history, Runnable meanwhile) {
        return new LifeCarrier("heir", account, "fedex", seed, history, meanwhile);
    }

    String name() {
        return nature.name();
    }

    List<LifeSale> sales() {
        return sales.all();
    }

    Account account() {
        return new Account(
                account, carrierId, this, Set.of(), 4, Duration.ofSeconds(95), "on_creation", nature.proven(), CARE);
    }

    /** It breaks nothing any more. */
    void calm() {
        mood.calm();
    }

    void pass(long millis) {
        sales.pass(millis);
    }

    @Override
    public String toString() {
        return nature.toString();
    }

    @Override
    public IdempotencyClass idempotency() {
        return nature.kind();
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return nature.parcels();
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        SplittableRandom dice = mood.dice("prepare " + ref.value());
        if (mood.turn(dice, 99) < 2) {
            throw new Bug("the adapter has a bug");
        }
        String boxes = shipment.parcels().stream()
                .map(parcel -> parcel.reference() == null ? "?" : parcel.reference())
                .collect(Collectors.joining("+"));
        String content = shipment.order().shipTo().line1() + " in " + boxes;
        return new Prepared(ref, content.getBytes(UTF_8));
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        Money total = Money.of(nature.name().equals("fake") ? "9.30" : "9.40", "USD");
        return List.of(new Rate("ground", List.of(LifeCounter.shipping(total)), total, 3, null, null));
    }

    @Override
    public Outcome buy(Prepared request) {
        return selling.buy(request);
    }

    @Override
    public Found find(Ref ref) {
        return selling.find(ref);
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        return selling.fetch(id);
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        return givingBack.cancel(id);
    }

    @Override
    public Optional<List<Charge>> fees(ShipmentId id, Ref ref) {
        return givingBack.fees(id);
    }

    @Override
    public int mostInOne() {
        return 2;
    }

    @Override
    public Closed close(List<ShipmentId> shipments, Address from, LocalDate day) {
        return closing.close(shipments);
    }
}
