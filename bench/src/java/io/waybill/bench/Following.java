package io.waybill.bench;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
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
import io.waybill.carrier.Tracks;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.PurchaseBook.Looks;
import io.waybill.ledger.PurchaseBook.Sold;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.tracking.Tracking;
import io.waybill.tracking.TrackingSettings;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** How many shipments a minute are followed at a carrier that answers after 20 ms: first with three new events each, then with nothing new. */
final class Following {
    private static final int FILL = 200;
    private static final int EVENTS = 3;
    private static final int AT_ONCE = 8;

    private final Store store;

    Following(Store store) {
        this.store = store;
    }

    void run(int shipments, int most) throws Exception {
        Teller teller = new Teller(most);
        Account account =
                new Account("teller", "teller", teller, Set.of(), 1, Duration.ofSeconds(5), "on_creation", false);
        TrackingSettings settings =
                new TrackingSettings(Duration.ofHours(1), Duration.ofDays(5), Duration.ofDays(60), AT_ONCE);
        try (Ledger ledger = Ledger.open(store.next(), (namespace, type) -> List.of("oms"));
                Tracking tracking = new Tracking(ledger, new Accounts(List.of(account)), settings, () -> {})) {
            List<String> ids = new ArrayList<>();
            for (int from = 0; from < shipments; from += FILL) {
                int begin = from;
                ids.addAll(ledger.commit(tx -> IntStream.range(begin, begin + FILL)
                        .mapToObj(i -> shipment(tx, i))
                        .toList()));
            }
            tracking.start();
            say(shipments, most, EVENTS + " new events each", teller.untilAsked(ids.size()));
            ledger.commitAll(tx -> ids.forEach(id -> tx.journeys().next(id, Duration.ZERO)));
            say(shipments, most, "nothing new", teller.untilAsked(ids.size() * 2));
        }
    }

    private void say(int shipments, int most, String what, double seconds) {
        System.out.printf(
                Locale.ROOT,
                "%-9s %d shipments, %2d in a call, %-18s %8.1f s, %8.0f a minute%n",
                store.kind,
                shipments,
                most,
                what,
                seconds,
                shipments * 60 / seconds);
    }

    private static String shipment(Tx tx, int number) {
        String order = tx.orders()
                .insert(new Revision(
                        "acme",
                        "SO-" + number,
                        "Ann",
                        null,
                        List.of(),
                        "{}",
                        "sha",
                        "{}",
                        "now",
                        "api",
                        "local",
                        null,
                        null,
                        null));
        String id = tx.plans()
                .begin(
                        order,
                        1,
                        "order",
                        null,
                        new Plan(
                                ShipmentState.READY,
                                "teller",
                                "teller",
                                "ground",
                                "PDF",
                                "4x6",
                                203,
                                null,
                                null,
                                null,
                                null));
        ShipmentRow ready = tx.shipments().find(id, Namespaces.ALL).orElseThrow();
        tx.purchases().claim(List.of(ready), "teller", "node", Duration.ofMinutes(1));
        tx.purchases().sold(new Sold(id, 1, ShipmentState.LABELLED, "teller", "teller", "S" + number), Looks.AT_ONCE);
        tx.numbers().add(id, "tracking", 1, "T" + number);
        return id;
    }

    /** Tells the same of every number, after 20 ms. */
    private static final class Teller implements Carrier, Tracks {
        private final int most;
        private final AtomicInteger asked = new AtomicInteger();
        private final OffsetDateTime first = OffsetDateTime.now(ZoneOffset.UTC).minusDays(1);

        Teller(int most) {
            this.most = most;
        }

        /** @return the seconds until so many numbers were asked for in all */
        double untilAsked(int numbers) throws InterruptedException {
            long begun = System.nanoTime();
            while (asked.get() < numbers) {
                Thread.sleep(20);
            }
            return (System.nanoTime() - begun) / 1e9;
        }

        @Override
        public int most() {
            return most;
        }

        @Override
        public List<Event> track(List<String> numbers) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            asked.addAndGet(numbers.size());
            return numbers.stream()
                    .flatMap(number -> IntStream.range(0, EVENTS)
                            .mapToObj(i -> new Event(
                                    number, "in_transit", "C" + i, "on its way", "Austin", first.plusHours(i))))
                    .toList();
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
            return new Outcome.NotSent("sells nothing", Optional.empty(), new byte[0]);
        }

        @Override
        public Found find(Ref ref) {
            return new Found.Impossible();
        }

        @Override
        public Fetched fetch(ShipmentId id, LabelRequest request) {
            return new Fetched.NotYet("sells nothing");
        }
    }
}
