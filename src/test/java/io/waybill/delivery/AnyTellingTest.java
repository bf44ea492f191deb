package io.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However a receiver fails, and whichever of two nodes tells it, it hears each event of an order once and in its place. */
class AnyTellingTest {
    private static final int ORDERS = 5;
    private static final int EVENTS = 8;

    /** Of failures of one event: after ten it would be parked. */
    private static final int MOST = 6;

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Random luck = new Random(20_261_124);
    private final Map<String, Integer> failed = new HashMap<>();
    private final List<Event> heard = Collections.synchronizedList(new ArrayList<>());
    private final Database database = Stores.postgres();
    private final Node one = new Node(database, "node-1");
    private final Node two = new Node(database, "node-2");

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private final class Node {
        private final Sinks sinks = Sinks.read(Settings.of("""
                sink.oms.namespaces=acme
                sink.oms.backoffScale=0
                sink.oms.workers=4
                """));
        private final Ledger ledger;
        private final Delivery delivery;

        Node(Database database, String name) {
            ledger = Ledger.open(database, sinks);
            delivery = new Delivery(ledger, name, sinks, sink -> AnyTellingTest.this::hear, Duration.ofMillis(20));
            delivery.start();
        }

        CompletableFuture<Void> emit(List<String> orders) {
            return CompletableFuture.runAsync(() -> {
                for (int event = 0; event < EVENTS; event++) {
                    orders.forEach(this::emit);
                }
            });
        }

        private void emit(String order) {
            ledger.commitAll(tx -> tx.events()
                    .emit(
                            tx.orders().find(order, Namespaces.ALL).orElseThrow(),
                            null,
                            "tracking.updated",
                            JsonNodeFactory.instance.objectNode()));
        }

        void close() {
            delivery.stop();
            ledger.close();
        }
    }

    private void hear(Event event) throws IOException {
        boolean isLucky;
        synchronized (luck) {
            isLucky = luck.nextInt(3) > 0 || failed.merge(event.id(), 1, Integer::sum) > MOST;
        }
        if (!isLucky) {
            throw new IOException("503");
        }
        heard.add(event);
    }

    @Test
    void each_event_is_told_once_in_its_place_and_again_only_where_somebody_asks() {
        OrdersWithEvents orders = new OrdersWithEvents(one.ledger);
        for (int order = 0; order < ORDERS; order++) {
            orders.order("SO-" + order);
        }
        one.emit(orders.ids()).runAfterBoth(two.emit(orders.ids()), () -> {}).join();
        awaitAllSent(orders.ids());

        assertThat(heard).hasSize(2 * ORDERS * EVENTS).doesNotHaveDuplicates();
        bySubject().values().forEach(told -> assertThat(told).isSorted().hasSize(2 * EVENTS));

        heard.clear();
        List<DeliveryBook.Row> again = new ArrayList<>(rows(orders.ids()));
        again.removeIf(row -> row.sequence() % 3 != 0);
        Collections.shuffle(again, luck);
        again.forEach(row -> one.delivery.replay(row.id(), Namespaces.ALL, "Ada"));
        awaitAllSent(orders.ids());

        assertThat(heard)
                .extracting(Event::id)
                .containsExactlyInAnyOrderElementsOf(
                        again.stream().map(DeliveryBook.Row::id).toList());
    }

    private Map<String, List<Long>> bySubject() {
        return heard.stream()
                .collect(Collectors.groupingBy(
                        Event::subject,
                        Collectors.mapping(
                                event ->
                                        Json.kept(event.json()).path("sequence").asLong(),
                                Collectors.toList())));
    }

    private void awaitAllSent(List<String> orders) {
        await().atMost(LONG)
                .until(() -> rows(orders).stream().allMatch(row -> row.state().equals("SENT")));
    }

    private List<DeliveryBook.Row> rows(List<String> orders) {
        Function<String, List<DeliveryBook.Row>> read =
                order -> one.ledger.read(tx -> tx.deliveries().of(order));
        return orders.stream().flatMap(order -> read.apply(order).stream()).toList();
    }
}
