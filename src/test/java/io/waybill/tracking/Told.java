package io.waybill.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Webhooks.Delivery;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.PurchaseBook.Looks;
import io.waybill.ledger.PurchaseBook.Sold;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One more shipment of a ledger that several nodes work on, and what they are told of it. */
final class Told {
    private static final Instant NOON = TrackingCarrier.DAY.atTime(12, 0).toInstant(ZoneOffset.UTC);

    private final Ledger ledger;
    private final String name = UUID.randomUUID() + " ";
    private final Map<String, String> parcels = new HashMap<>();
    private final String order;
    private final String shipment;

    /** @param numbers of the first parcel, of the second …, with blanks between those of one; one of none begins with S */
    Told(Ledger ledger, List<String> numbers) {
        this.ledger = ledger;
        Revision revision = new Revision(
                "acme", name, "Ann", null, List.of(), "{}", "sha", "{}", "now", "api", "local", null, null, null);
        Plan plan = new Plan(ShipmentState.READY, "fake", "fake", "ground", "PDF", "4x6", 203, null, null, null, null);
        this.order = ledger.commit(tx -> tx.orders().insert(revision));
        this.shipment = ledger.commit(tx -> tx.plans().begin(order, 1, "order", null, plan));
        ledger.commitAll(tx -> {
            ShipmentRow ready = tx.shipments().find(shipment, Namespaces.ALL).orElseThrow();
            tx.purchases().claim(List.of(ready), "fake", "node", Duration.ofMinutes(1));
            tx.purchases().sold(new Sold(shipment, 1, ShipmentState.LABELLED, "fake", "fake", name), Looks.AT_ONCE);
            for (int parcel = 1; parcel <= numbers.size(); parcel++) {
                for (String number : numbers.get(parcel - 1).split(" ")) {
                    parcels.put(number, "parcel " + parcel);
                    tx.numbers().add(shipment, "tracking", parcel, name + number);
                }
            }
        });
    }

    /**
     * What is told of one parcel.
     *
     * @param minute after noon
     */
    record Scan(String number, String status, int minute) {
        private static final Set<String> ENDS = Set.of("delivered", "cancelled");

        boolean isReadable() {
            return !status.equals("unknown");
        }

        boolean isEnd() {
            return ENDS.contains(status);
        }
    }

    /** What is to be the same in whatever order it was told. */
    record Standing(String word, String status, boolean over, Set<Scan> kept) {}

    void push(List<Scan> scans) {
        push(scans, pushed());
    }

    private Pushed pushed() {
        Accounts accounts = new Accounts(List.of(new TrackingCarrier().account()));
        Pace pace = new Pace(new TrackingSettings(Duration.ofDays(1)));
        return new Pushed(ledger, accounts, pace, () -> {}, (account, label) -> true);
    }

    private void push(List<Scan> scans, Pushed node) {
        String body = scans.stream()
                .map(scan -> name.strip() + "\t" + scan.number() + " " + scan.status() + " " + at(scan.minute()))
                .collect(Collectors.joining("\n"));
        node.take("fake", new Delivery(Map.of("secret", "echoed"), body.getBytes(UTF_8)));
        node.readDue();
    }

    /** @param meanwhile after the carrier wrote its answer and before it is read */
    void poll(List<Scan> scans, Runnable meanwhile) {
        TrackingCarrier carrier = new TrackingCarrier();
        scans.forEach(scan -> carrier.tells(event(scan)));
        carrier.beforeItAnswers(meanwhile);
        Pace pace = new Pace(new TrackingSettings(Duration.ofDays(1)));
        Follower node = new Follower(ledger, carrier.account(), carrier, pace, new Troubles(ledger));
        while (carrier.asked() == 0) { // another node may have claimed it
            ledger.commitAll(tx -> tx.journeys().next(shipment, Duration.ofSeconds(-1)));
            node.follow(() -> {});
        }
    }

    private Tracks.Event event(Scan scan) {
        OffsetDateTime at = at(scan.minute()).atOffset(ZoneOffset.UTC);
        return new Tracks.Event(name + scan.number(), scan.status(), scan.status(), null, "Austin", at);
    }

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    Standing standing() {
        return ledger.read(tx -> {
            var row = tx.shipments().find(shipment, Namespaces.ALL).orElseThrow();
            return new Standing(
                    row.word(),
                    String.valueOf(row.trackingStatus()),
                    !tx.journeys().over(List.of(shipment)).isEmpty(),
                    tx.tracking().of(shipment).stream()
                            .map(event -> scan(event.trackingNumber(), event.status(), event.happenedAt()))
                            .collect(Collectors.toSet()));
        });
    }

    /** As the sink is told, each as often as it is. */
    List<Scan> events() {
        return ledger.read(tx -> tx.deliveries().of(order).stream()
                .filter(event -> event.type().equals("tracking.updated"))
                .sorted(Comparator.comparing(DeliveryBook.Row::sequence))
                .map(event -> Json.kept(tx.deliveries()
                                .told(event.id(), Namespaces.ALL)
                                .orElseThrow()
                                .payload())
                        .at("/data/tracking"))
                .map(told -> scan(
                        told.path("trackingNumber").asText(),
                        told.path("status").asText(),
                        OffsetDateTime.parse(told.path("at").asText()).toInstant()))
                .toList());
    }

    private Scan scan(String number, String status, Instant at) {
        return new Scan(number.substring(name.length()), status, (int)
                Duration.between(NOON, at).toMinutes());
    }

    boolean isStuck() {
        return ledger.read(tx -> tx.exceptions().isOpen(Reason.PARCEL_STUCK, shipment));
    }

    /** The one it is told of. */
    String parcel(Scan scan) {
        return String.valueOf(parcels.get(scan.number()));
    }

    /** No later test is to ask for it. */
    void leave() {
        ledger.commitAll(tx -> tx.journeys().next(shipment, (Duration) null));
    }
}
