package io.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OutboxBook.Claim;
import io.waybill.ledger.Room;
import io.waybill.ledger.Tx;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that reach a sink's workers from the commit that wrote them. Nobody polls here, so that no other way is open. */
abstract class HandedContract {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final String SETTINGS = """
            sink.oms.namespaces=acme
            sink.oms.backoffScale=0
            """;

    private final ConcurrentLinkedQueue<Event> taken = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ends = new CountDownLatch(1);

    @TempDir
    Path folder;

    private volatile Sink behaviour = event -> {};
    private Sinks sinks;
    private Ledger ledger;
    private OrdersWithEvents orders;
    private Delivery delivery;

    abstract Database database(Path folder);

    @BeforeEach
    void open() {
        sinks = Sinks.read(Settings.of(SETTINGS));
        ledger = Ledger.open(database(folder), sinks);
        orders = new OrdersWithEvents(ledger);
        delivery = new Delivery(
                ledger,
                "node-1",
                sinks,
                name -> event -> {
                    behaviour.deliver(event);
                    taken.add(event);
                },
                NEVER);
    }

    @AfterEach
    void close() {
        ends.countDown();
        delivery.stop();
        ledger.close();
    }

    @Test
    void an_event_reaches_its_sink_though_nobody_looks_for_it() {
        start();

        orders.emit(orders.order("SO-1"), "order.labelled");
        orders.emit(orders.order("SO-2"), "order.labelled");

        await().until(() -> states().equals(List.of("SENT", "SENT")));
        assertThat(taken).extracting(Event::subject).containsExactlyInAnyOrder("SO-1", "SO-2");
    }

    @Test
    void the_next_events_of_its_order_follow_it_in_their_sequence() {
        start();
        List<String> types = List.of("order.accepted", "billing.charged", "order.labelled");
        for (int i = 0; i < 50; i++) {
            emitAtOnce(orders.order("SO-" + i), types);
        }

        await().until(() -> states().stream().allMatch("SENT"::equals));
        for (int i = 0; i < 50; i++) {
            String subject = "SO-" + i;
            assertThat(taken)
                    .filteredOn(event -> event.subject().equals(subject))
                    .extracting(Event::type)
                    .containsExactlyElementsOf(types);
        }
    }

    @Test
    void what_waits_in_the_database_is_not_starved_by_what_is_handed_over() {
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add("old-" + i);
            orders.emit(orders.order("old-" + i), "order.labelled");
        }
        delivery.start();

        await().until(() -> {
            orders.emit(orders.order("new-" + orders.ids().size()), "order.labelled");
            return taken.stream().map(Event::subject).toList().containsAll(waiting);
        });
    }

    @Test
    void a_sink_that_hangs_gathers_no_claims_and_another_node_takes_what_it_is_owed() {
        behaviour = event -> ends.await();
        start();

        await().until(() -> {
            String order = orders.order("SO-" + orders.ids().size());
            orders.emit(order, "order.labelled");
            return deliveries(order).get(0).state().equals("PENDING");
        });

        String last = orders.ids().get(orders.ids().size() - 1);
        assertThat(ledger.<List<Claim>>commit(tx -> tx.outbox().claim("oms", "node-2", LEASE, 10)))
                .extracting(Claim::entityId)
                .containsExactly(last);
    }

    @Test
    void a_sink_that_refuses_is_handed_nothing_until_it_takes_an_event_again() {
        behaviour = event -> {
            throw new IOException("503");
        };
        start();
        orders.emit(orders.order("SO-1"), "order.labelled");
        await().until(() -> sinks.room("oms").map(this::returned).isEmpty());

        behaviour = event -> {};

        await().until(() -> {
            delivery.wake();
            return sinks.room("oms").map(this::returned).isPresent();
        });
        assertThat(taken).isNotEmpty();
    }

    @Test
    void there_is_room_for_no_more_than_can_begin_soon() {
        start();
        List<Room> kept = new ArrayList<>();
        for (Optional<Room> room = sinks.room("oms"); room.isPresent(); room = sinks.room("oms")) {
            kept.add(room.get());
        }
        String order = orders.order("SO-1");

        orders.emit(order, "order.labelled");

        assertThat(kept).hasSize(64);
        assertThat(deliveries(order)).extracting(DeliveryBook.Row::state).containsExactly("PENDING");
        kept.forEach(Room::giveBack);
        orders.emit(orders.order("SO-2"), "order.labelled");
        await().until(() -> states().equals(List.of("SENT", "SENT")));
    }

    @Test
    void one_that_comes_when_the_line_has_stopped_is_given_back_and_did_not_count() {
        start();
        String order = orders.order("SO-1");

        ledger.commitAll(tx -> {
            emit(tx, order, List.of("order.labelled"));
            delivery.stop();
        });

        assertThat(deliveries(order))
                .extracting(row -> row.state() + " " + row.attempts())
                .containsExactly("PENDING 0");
        assertThat(taken).isEmpty();
        assertThat(sinks.room("oms")).isEmpty();
    }

    @Test
    void those_that_are_handed_over_and_not_begun_when_the_line_stops_are_given_back() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        behaviour = event -> {
            begun.countDown();
            ends.await();
        };
        start();
        orders.emit(orders.order("SO-1"), "order.labelled");
        orders.emit(orders.order("SO-2"), "order.labelled");
        begun.await();
        orders.emit(orders.order("SO-3"), "order.labelled");
        Thread stopper = new Thread(delivery::stop);

        stopper.start();

        await().until(() -> states().get(2).equals("PENDING"));
        ends.countDown();
        stopper.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(states()).containsExactly("SENT", "SENT", "PENDING");
        assertThat(taken).hasSize(2);
    }

    @Test
    void one_that_begins_too_late_is_given_back_and_found_again() {
        start();
        Room room = sinks.room("oms").orElseThrow();
        List<Room> rest = new ArrayList<>();
        for (Optional<Room> more = sinks.room("oms"); more.isPresent(); more = sinks.room("oms")) {
            rest.add(more.get());
        }
        orders.emit(orders.order("SO-1"), "order.labelled");
        Claim claim = ledger.<List<Claim>>commit(tx -> tx.outbox().claim("oms", "node-1", LEASE, 1))
                .get(0);
        Claim old = new Claim(
                claim.id(), "oms", "too.late", claim.entityId(), 1, "acme", "SO-1", "{}", claim.attempts(), null);

        room.take(old, System.nanoTime() - LEASE.toNanos());

        await().until(() -> states().equals(List.of("SENT")));
        assertThat(taken).extracting(Event::type).containsExactly("order.labelled");
        rest.forEach(Room::giveBack);
    }

    @Test
    void what_is_handed_over_is_told_before_a_hub_that_stops_has_flushed() {
        start();
        for (int i = 0; i < 40; i++) {
            orders.emit(orders.order("SO-" + i), "order.labelled");
        }

        delivery.flush(Duration.ofMinutes(1));
        delivery.stop();

        assertThat(states()).containsOnly("SENT");
    }

    /** From now on there is somebody to hand events to. */
    private void start() {
        delivery.start();
        await().until(() -> sinks.room("oms").map(this::returned).isPresent());
    }

    private boolean returned(Room room) {
        room.giveBack();
        return true;
    }

    private void emitAtOnce(String order, List<String> types) {
        ledger.commitAll(tx -> emit(tx, order, types));
    }

    private static void emit(Tx tx, String order, List<String> types) {
        tx.events()
                .emit(
                        tx.orders().find(order, Namespaces.ALL).orElseThrow(),
                        null,
                        types,
                        JsonNodeFactory.instance.objectNode());
    }

    private List<DeliveryBook.Row> deliveries(String order) {
        return ledger.read(tx -> tx.deliveries().of(order));
    }

    private List<String> states() {
        return orders.ids().stream()
                .flatMap(order -> deliveries(order).stream())
                .map(DeliveryBook.Row::state)
                .toList();
    }
}
