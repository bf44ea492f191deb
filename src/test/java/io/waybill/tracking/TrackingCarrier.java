package io.waybill.tracking;

import io.waybill.carrier.Account;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.HookProof;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** A carrier that sells nothing and tells what it was told to tell. */
final class TrackingCarrier implements Carrier, Tracks, Webhooks {
    /** Of what is told with its time of day only. */
    static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC).minusDays(6);

    private final List<Event> events = new ArrayList<>();
    private String failing = "";
    private volatile int asked;
    private CountDownLatch hung = new CountDownLatch(0);
    private Runnable meanwhile = () -> {};
    private List<Arrived> labels = List.of();

    Account account() {
        return new Account("fake", "fake", this, Set.of(), 1, Duration.ofSeconds(1), "on_creation", false);
    }

    TrackingCarrier says(String status, Instant at) {
        return says("T1", status, at);
    }

    TrackingCarrier says(String trackingNumber, String status, Instant at) {
        events.add(new Event(trackingNumber, status, status, null, "Austin", at.atOffset(ZoneOffset.UTC)));
        return this;
    }

    void failsFor(String trackingNumber) {
        failing = trackingNumber;
    }

    void hangsUntil(CountDownLatch woken) {
        hung = woken;
    }

    void beforeItAnswers(Runnable happens) {
        meanwhile = happens;
    }

    void pushes(Arrived label) {
        labels = List.of(label);
    }

    int asked() {
        return asked;
    }

    void tells(Event event) {
        events.add(event);
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

    /** A line of the body is a tracking number (a tab of it is a blank), a status, and when it was if not at one o'clock. */
    @Override
    public List<Event> read(byte[] body) {
        return new String(body, StandardCharsets.UTF_8)
                .lines()
                .map(TrackingCarrier::scan)
                .toList();
    }

    @Override
    public List<Arrived> arrived(byte[] body) {
        return labels;
    }

    private static Event scan(String line) {
        String[] said = line.split(" ");
        Instant at = time(said.length > 2 ? said[2] : "13:00");
        return new Event(said[0].replace('\t', ' '), said[1], said[1], null, "Austin", at.atOffset(ZoneOffset.UTC));
    }

    private static Instant time(String said) {
        return said.contains("T")
                ? Instant.parse(said)
                : DAY.atTime(LocalTime.parse(said)).toInstant(ZoneOffset.UTC);
    }

    @Override
    public List<Event> track(List<String> trackingNumbers) {
        asked++;
        try {
            hung.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        meanwhile.run();
        if (trackingNumbers.contains(failing)) {
            throw new IllegalStateException("nonsense from the carrier");
        }
        return List.copyOf(events);
    }

    @Override
    public IdempotencyClass idempotency() {
        return IdempotencyClass.C;
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        return new Prepared(ref, new byte[0]);
    }

    @Override
    public Outcome buy(Prepared prepared) {
        return new Outcome.Refused("sells nothing", null, null, new byte[0]);
    }

    @Override
    public Found find(Ref ref) {
        return new Found.Impossible();
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        return new Fetched.Gone("sells nothing");
    }
}
