package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.waybill.delivery.OrdersWithEvents;
import io.waybill.ledger.OutboxBook.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is owed to the sinks, claimed and finished: the same promises on every store. */
abstract class OutboxContract {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private Ledger ledger;
    private OrdersWithEvents orders;

    abstract Database database();

    @BeforeEach
    void open() {
        ledger = Ledger.open(database(), (namespace, type) -> List.of("oms", "wms"));
        orders = new OrdersWithEvents(ledger);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_claim_takes_the_first_unsent_event_of_each_order() {
        orders.emit(orders.order("SO-1"), "order.accepted", "order.labelled");
        orders.emit(orders.order("SO-2"), "order.accepted");

        assertThat(claim("oms", "a", LEASE))
                .extracting(claim -> claim.subject() + " " + claim.type())
                .containsExactly("SO-1 order.accepted", "SO-2 order.accepted");
        assertThat(claim("oms", "a", LEASE)).isEmpty();
        assertThat(claim("wms", "a", LEASE)).hasSize(2);
    }

    @Test
    void the_next_event_is_due_once_the_one_before_is_sent_or_parked_but_not_while_it_waits() {
        orders.emit(orders.order("SO-1"), "order.accepted", "order.labelled", "tracking.updated");

        Claim first = claim("oms", "a", LEASE).get(0);
        backOff(first, "a", Duration.ofHours(1));
        assertThat(claim("oms", "a", LEASE)).isEmpty();

        ledger.commit(tx -> tx.outbox().replay(first.id()));
        sent(claim("oms", "a", LEASE).get(0), "a");
        Claim second = claim("oms", "a", LEASE).get(0);
        assertThat(second.type()).isEqualTo("order.labelled");

        ledger.commit(tx -> tx.outbox().park(second, "a", "refused"));
        assertThat(claim("oms", "a", LEASE)).extracting(Claim::type).containsExactly("tracking.updated");
    }

    @Test
    void a_claim_whose_lease_is_over_goes_to_another_and_its_late_outcome_changes_nothing() {
        orders.emit(orders.order("SO-1"), "order.accepted");
        Claim lost = claim("oms", "a", Duration.ZERO).get(0);

        Claim taken = claim("oms", "b", LEASE).get(0);

        assertThat(taken.id()).isEqualTo(lost.id());
        assertThat(taken.attempts()).isEqualTo(2);
        assertThat(sent(lost, "a")).isFalse();
        assertThat(backOff(lost, "a", Duration.ZERO)).isFalse();
        assertThat(sent(taken, "b")).isTrue();
    }

    @Test
    void a_claim_taken_twice_by_one_node_is_finished_by_its_latest_alone() {
        orders.emit(orders.order("SO-1"), "order.accepted");
        Claim lost = claim("oms", "a", Duration.ZERO).get(0);
        Claim taken = claim("oms", "a", LEASE).get(0);

        assertThat(sent(lost, "a")).isFalse();
        assertThat(sent(taken, "a")).isTrue();
    }

    @Test
    void a_released_claim_is_due_at_once_and_did_not_count() {
        orders.emit(orders.order("SO-1"), "order.accepted");
        Claim claim = claim("oms", "a", LEASE).get(0);

        ledger.commit(tx -> tx.outbox().release(claim, "a"));

        assertThat(claim("oms", "b", LEASE)).extracting(Claim::attempts).containsExactly(1);
    }

    @Test
    void a_wait_is_kept() {
        orders.emit(orders.order("SO-1"), "order.accepted");
        backOff(claim("oms", "a", LEASE).get(0), "a", Duration.ofSeconds(2));

        assertThat(claim("oms", "a", LEASE)).isEmpty();
        await().until(() -> !claim("oms", "a", LEASE).isEmpty());
    }

    @Test
    void those_that_wait_after_a_failure_are_woken_and_nothing_else_is() {
        for (int i = 1; i <= 5; i++) {
            orders.emit(orders.order("SO-" + i), "order.accepted");
        }
        List<Claim> claims = claim("oms", "a", LEASE);
        for (int i = 0; i < 3; i++) {
            backOff(claims.get(i), "a", Duration.ofMinutes(5 - i));
        }
        ledger.commit(tx -> tx.outbox().release(claims.get(3), "a", Duration.ofHours(1)));
        claim("wms", "a", LEASE).forEach(claim -> backOff(claim, "a", Duration.ofHours(1)));

        assertThat(wake(6, 2)).isEqualTo(2);
        List<Claim> first = claim("oms", "a", LEASE);
        assertThat(first).extracting(Claim::subject).containsExactlyInAnyOrder("SO-2", "SO-3");
        assertThat(wake(6, 2))
                .as("SO-1, and neither what never failed nor what is being sent")
                .isEqualTo(1);
        assertThat(wake(6, 2)).isZero();

        backOff(first.get(0), "a", Duration.ofHours(1));
        assertThat(wake(1, 2)).as("tried twice").isZero();
        assertThat(wake(2, 2)).isEqualTo(1);
    }

    @Test
    void what_was_cut_short_when_a_hub_ended_is_not_woken() {
        orders.emit(orders.order("SO-1"), "order.accepted");
        Claim claim = claim("oms", "a", LEASE).get(0);
        backOff(claim, "a", Duration.ZERO);
        claim("oms", "a", LEASE);
        ledger.commit(tx -> tx.outbox().endLeases("b"));
        Claim cutShort = claim("oms", "b", LEASE).get(0);
        ledger.commit(tx -> tx.outbox().release(cutShort, "b", Duration.ofHours(1)));

        assertThat(wake(6, 2)).isZero();
    }

    private int wake(int attempts, int most) {
        return ledger.commit(tx -> tx.outbox().wake("oms", attempts, most));
    }

    @Test
    void a_replayed_event_has_all_attempts_before_it() {
        orders.emit(orders.order("SO-1"), "order.accepted");
        Claim claim = claim("oms", "a", LEASE).get(0);
        assertThat(replay(claim.id())).as("while it is being sent").isFalse();
        sent(claim, "a");

        assertThat(replay(claim.id())).isTrue();

        assertThat(claim("oms", "a", LEASE))
                .extracting(Claim::id, Claim::attempts)
                .containsExactly(tuple(claim.id(), 1));
    }

    @Test
    void nodes_that_claim_at_once_never_take_the_same_event() throws Exception {
        for (int i = 0; i < 15; i++) {
            orders.emit(orders.order("SO-" + i), "order.accepted");
        }
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<List<Claim>>> taken = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            String owner = "node-" + node;
            taken.add(nodes.submit(() -> untilNoneIsLeft(owner)));
        }

        List<String> ids = new ArrayList<>();
        for (Future<List<Claim>> claims : taken) {
            claims.get().forEach(claim -> ids.add(claim.id()));
        }
        nodes.shutdown();
        assertThat(ids).hasSize(15).doesNotHaveDuplicates();
    }

    @Test
    void the_backlog_counts_what_waits_and_what_is_parked() {
        orders.emit(orders.order("SO-1"), "order.accepted", "order.labelled");
        Claim claim = claim("oms", "a", LEASE).get(0);
        ledger.commit(tx -> tx.outbox().park(claim, "a", "refused"));

        List<DeliveryBook.Backlog> backlog = ledger.read(tx -> tx.deliveries().backlog());

        assertThat(backlog)
                .extracting(row -> row.sink() + " " + row.waiting() + " " + row.parked())
                .containsExactly("oms 1 1", "wms 2 0");
        assertThat(backlog).allSatisfy(row -> assertThat(row.oldest()).isNotNull());
    }

    private List<Claim> untilNoneIsLeft(String owner) {
        List<Claim> all = new ArrayList<>();
        List<Claim> some;
        do {
            some = ledger.commit(tx -> tx.outbox().claim("oms", owner, LEASE, 2));
            all.addAll(some);
        } while (!some.isEmpty());
        return all;
    }

    private List<Claim> claim(String sink, String owner, Duration lease) {
        return ledger.commit(tx -> tx.outbox().claim(sink, owner, lease, 10));
    }

    private boolean sent(Claim claim, String owner) {
        return ledger.commit(tx -> tx.outbox().sent(claim, owner));
    }

    private boolean backOff(Claim claim, String owner, Duration wait) {
        return ledger.commit(tx -> tx.outbox().backOff(claim, owner, wait, "503"));
    }

    private boolean replay(String id) {
        return ledger.commit(tx -> tx.outbox().replay(id));
    }
}
