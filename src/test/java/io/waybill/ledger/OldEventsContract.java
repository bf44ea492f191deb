package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.delivery.OrdersWithEvents;
import io.waybill.ledger.OutboxBook.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sent events that were kept long enough go, and nothing else does: the same promises on every store. */
abstract class OldEventsContract {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration NINETY_DAYS = Duration.ofDays(90);
    private static final BooleanSupplier TO_THE_END = () -> true;

    private Database database;
    private Ledger ledger;
    private OrdersWithEvents orders;

    abstract Database database();

    @BeforeEach
    void open() {
        database = database();
        ledger = Ledger.open(database, (namespace, type) -> List.of("oms", "wms"));
        orders = new OrdersWithEvents(ledger);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_every_sink_took_longer_ago_goes_and_what_it_took_since_stays() {
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted");
        sendAll("oms", "wms");
        ageAll();
        orders.emit(order, "order.labelled");
        sendAll("oms", "wms");

        assertThat(remove()).isEqualTo(2);

        assertThat(left(order)).containsExactly("oms order.labelled SENT", "wms order.labelled SENT");
        assertThat(remove()).isZero();
    }

    @Test
    void what_waits_is_being_sent_or_was_given_up_stays_however_old_it_is() {
        String sent = orders.order("SO-0");
        orders.emit(sent, "order.accepted");
        sendAll("oms", "wms");
        List<String> waiting = List.of(orders.order("SO-1"), orders.order("SO-2"), orders.order("SO-3"));
        waiting.forEach(order -> orders.emit(order, "order.accepted"));
        List<Claim> first = claim("oms");
        ledger.commit(tx -> tx.outbox().park(first.get(0), "a", "refused"));
        ledger.commit(tx -> tx.outbox().backOff(first.get(2), "a", Duration.ofHours(1), "down"));
        ageAll();

        assertThat(remove()).isEqualTo(2);

        assertThat(left(sent)).isEmpty();
        assertThat(left(waiting.get(0))).containsExactly("oms order.accepted PARKED", "wms order.accepted PENDING");
        assertThat(left(waiting.get(1))).containsExactly("oms order.accepted CLAIMED", "wms order.accepted PENDING");
        assertThat(left(waiting.get(2))).containsExactly("oms order.accepted PENDING", "wms order.accepted PENDING");
    }

    @Test
    void what_was_discarded_goes_by_the_same_age_from_then_on_and_is_never_sent_again() {
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted");
        Claim claim = claim("oms").get(0);
        ledger.commit(tx -> tx.outbox().park(claim, "a", "refused"));
        ageAll();

        assertThat(ledger.<Boolean>commit(tx -> tx.outbox().discard(claim.id())))
                .isTrue();

        assertThat(ledger.<Boolean>commit(tx -> tx.outbox().replay(claim.id()))).isFalse();
        assertThat(ledger.<Boolean>commit(tx -> tx.outbox().discard(claim.id())))
                .isFalse();
        assertThat(claim("oms")).isEmpty();
        assertThat(ledger.<List<DeliveryBook.Backlog>>read(tx -> tx.deliveries().backlog()))
                .extracting(DeliveryBook.Backlog::sink)
                .containsExactly("wms");
        assertThat(remove()).as("it was discarded just now").isZero();
        assertThat(left(order)).containsExactly("oms order.accepted DISCARDED", "wms order.accepted PENDING");
        ageAll();
        assertThat(remove()).isEqualTo(1);
        assertThat(left(order)).containsExactly("wms order.accepted PENDING");
    }

    @Test
    void what_waited_long_is_kept_from_when_it_was_taken_on() {
        orders.emit(orders.order("SO-1"), "order.accepted");
        ageAll();
        sendAll("oms");

        assertThat(remove()).isZero();
    }

    @Test
    void what_one_sink_took_goes_while_another_is_down_which_is_told_all_of_it_when_it_is_back() {
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted", "order.labelled");
        sendAll("oms");
        ageAll();

        assertThat(remove()).isEqualTo(2);

        assertThat(sendAll("wms")).containsExactly("order.accepted", "order.labelled");
        assertThat(left(order)).containsExactly("wms order.accepted SENT", "wms order.labelled SENT");
    }

    @Test
    void what_was_asked_for_again_is_sent_again_and_kept_as_long_again() {
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted");
        sendAll("oms", "wms");
        ageAll();
        String id = of(order).get(0).id();

        assertThat(ledger.<Boolean>commit(tx -> tx.outbox().replay(id))).isTrue();
        assertThat(remove()).as("the other sink's").isEqualTo(1);
        assertThat(sendAll("oms")).containsExactly("order.accepted");

        assertThat(remove()).isZero();
        assertThat(of(order)).extracting(DeliveryBook.Row::id).containsExactly(id);
    }

    @Test
    void the_next_event_of_an_order_whose_events_are_gone_has_the_next_place_and_is_told() {
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted", "order.labelled");
        sendAll("oms", "wms");
        long last = of(order).get(3).sequence();
        ageAll();
        assertThat(remove()).isEqualTo(4);
        assertThat(of(order)).isEmpty();

        orders.emit(order, "tracking.updated");

        assertThat(of(order)).extracting(DeliveryBook.Row::sequence).containsExactly(last + 1, last + 1);
        assertThat(sendAll("oms")).containsExactly("tracking.updated");
    }

    @Test
    void each_sink_has_its_turn_also_where_the_name_of_one_begins_with_another_s() {
        ledger.close();
        List<String> sinks = List.of("oms", "oms-b", "oms2", "o");
        ledger = Ledger.open(database, (namespace, type) -> sinks);
        orders = new OrdersWithEvents(ledger);
        orders.emit(orders.order("SO-1"), "order.accepted");
        sendAll("oms", "oms-b", "oms2", "o");
        ageAll();

        assertThat(remove()).isEqualTo(4);
    }

    @Test
    void a_sink_the_settings_do_not_know_any_more_keeps_nothing() {
        orders.emit(orders.order("SO-1"), "order.accepted");
        sendAll("oms", "wms");
        ageAll();
        ledger.close();
        ledger = Ledger.open(database, Subscriptions.NONE);

        assertThat(remove()).isEqualTo(2);
    }

    @Test
    void whatever_stops_between_two_steps_the_next_round_goes_on_from_there() {
        for (int i = 0; i < 5; i++) {
            orders.emit(orders.order("SO-" + i), "order.accepted", "order.labelled");
        }
        sendAll("oms");
        ageAll();
        List<String> asked = new ArrayList<>();
        BooleanSupplier stopsAfterTwo = () -> asked.add("asked") && asked.size() <= 2;

        assertThat(new OldEvents(ledger, 3).remove(NINETY_DAYS, stopsAfterTwo)).isEqualTo(6);
        assertThat(states()).containsExactly("PENDING 10", "SENT 4");

        assertThatThrownBy(() -> new OldEvents(ledger, 3).remove(NINETY_DAYS, this::closes))
                .isInstanceOf(RuntimeException.class);
        ledger = Ledger.open(database, (namespace, type) -> List.of("oms", "wms"));
        assertThat(states()).as("each step is whole").containsExactly("PENDING 10", "SENT 1");

        assertThat(remove()).isEqualTo(1);
        assertThat(states()).containsExactly("PENDING 10");
    }

    @Test
    void a_round_that_ends_early_took_as_much_of_one_sink_as_of_another() {
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted", "order.labelled", "tracking.updated");
        sendAll("oms", "wms");
        ageAll();
        List<String> asked = new ArrayList<>();

        assertThat(new OldEvents(ledger, 1).remove(NINETY_DAYS, () -> asked.add("asked") && asked.size() <= 2))
                .isEqualTo(2);

        assertThat(left(order))
                .containsExactly(
                        "oms order.labelled SENT",
                        "wms order.labelled SENT",
                        "oms tracking.updated SENT",
                        "wms tracking.updated SENT");
    }

    @Test
    void two_that_remove_at_once_remove_each_event_once_and_neither_fails() throws Exception {
        for (int i = 0; i < 40; i++) {
            orders.emit(orders.order("SO-" + i), "order.accepted");
        }
        sendAll("oms", "wms");
        ageAll();
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        Callable<Integer> node = () -> new OldEvents(ledger, 7).remove(NINETY_DAYS, TO_THE_END);

        int gone = 0;
        for (Future<Integer> removed : nodes.invokeAll(List.of(node, node))) {
            gone += removed.get();
        }
        nodes.shutdown();

        assertThat(gone + remove()).isEqualTo(80);
        assertThat(states()).isEmpty();
    }

    @Test
    void what_is_in_a_bundle_goes_once_its_file_is_written_and_not_before() {
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted", "order.labelled");
        List<String> ids = of(order).stream()
                .filter(row -> row.sink().equals("oms"))
                .map(DeliveryBook.Row::id)
                .toList();
        ledger.commitAll(tx -> ids.forEach(id -> tx.bundles().add("oms", id, "Ann's")));
        sendAll("oms");
        ageAll();
        assertThat(remove()).as("it waits for its bundle").isZero();

        ledger.commitAll(tx -> tx.bundles().close("oms", 1));
        assertThat(remove()).as("its bundle waits for its file").isZero();
        String bundle = ledger.<BundleBook.Bundle>commit(
                        tx -> tx.bundles().claim("oms", "node", LEASE).orElseThrow())
                .id();
        ledger.commitAll(tx -> tx.bundles().done(bundle));
        assertThat(remove()).isEqualTo(1);

        assertThat(left(order)).contains("oms order.labelled SENT").doesNotContain("oms order.accepted SENT");
        assertThat(ledger.<Long>read(tx -> tx.bundles().open("oms").events())).isEqualTo(1);
        assertThat(Stores.count(database, "bundled_event"))
                .as("what was known of it")
                .isEqualTo(1);
    }

    /** After one step more. */
    private boolean closes() {
        if (states().contains("SENT 1")) {
            ledger.close();
        }
        return true;
    }

    private int remove() {
        return new OldEvents(ledger).remove(NINETY_DAYS, TO_THE_END);
    }

    private List<Claim> claim(String sink) {
        return ledger.commit(tx -> tx.outbox().claim(sink, "a", LEASE, 10));
    }

    /** @return the types that were sent, in their order */
    private List<String> sendAll(String... sinks) {
        List<String> types = new ArrayList<>();
        for (String sink : sinks) {
            for (List<Claim> some = claim(sink); !some.isEmpty(); some = claim(sink)) {
                List<Claim> claims = some;
                ledger.commitAll(tx -> tx.outbox().sent(claims, "a"));
                claims.forEach(claim -> types.add(claim.type()));
            }
        }
        return types;
    }

    private void ageAll() {
        Stores.execute(
                database,
                "UPDATE outbox SET created_at = created_at - INTERVAL '91' DAY, due = due - INTERVAL '91' DAY,"
                        + " sent_at = sent_at - INTERVAL '91' DAY");
    }

    private List<DeliveryBook.Row> of(String order) {
        return ledger.read(tx -> tx.deliveries().of(order));
    }

    private List<String> left(String order) {
        return of(order).stream()
                .map(row -> row.sink() + " " + row.type() + " " + row.state())
                .toList();
    }

    /** How many are in each. */
    private List<String> states() {
        List<String> states = orders.ids().stream()
                .flatMap(order -> of(order).stream())
                .map(DeliveryBook.Row::state)
                .toList();
        return states.stream()
                .distinct()
                .sorted()
                .map(state ->
                        state + " " + states.stream().filter(state::equals).count())
                .toList();
    }
}
