package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.delivery.OrdersWithEvents;
import io.waybill.ledger.EventBook.News;
import io.waybill.ledger.OutboxBook.Claim;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that are claimed by the commit that writes them, and handed over once it is on disk: the same on every store. */
abstract class HandoverContract {
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final FakeLine line = new FakeLine("oms", LEASE);

    @TempDir
    Path folder;

    private Ledger ledger;
    private OrdersWithEvents orders;

    abstract Database database(Path folder);

    @BeforeEach
    void open() {
        ledger = Ledger.open(database(folder), line);
        orders = new OrdersWithEvents(ledger);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void an_event_with_room_is_claimed_when_it_is_written_and_handed_over_once() {
        String order = orders.order("SO-1");
        List<DeliveryBook.Row> seen = new ArrayList<>();
        line.whenTaken = claim -> seen.addAll(deliveries(order));

        emit(order, "order.labelled");

        Claim claim = line.taken.get(0);
        assertThat(line.taken).hasSize(1);
        assertThat(seen)
                .as("what others see by then")
                .filteredOn(row -> row.sink().equals("oms"))
                .extracting(DeliveryBook.Row::id, DeliveryBook.Row::state, DeliveryBook.Row::attempts)
                .containsExactly(tuple(claim.id(), "CLAIMED", 1));
        assertThat(claim)
                .usingRecursiveComparison()
                .ignoringFields("payload")
                .isEqualTo(new Claim(claim.id(), "oms", "order.labelled", order, 1, "acme", "SO-1", "", 1, null));
        assertThat(claim.payload())
                .isEqualTo(ledger.<String>read(tx -> tx.deliveries()
                        .told(claim.id(), Namespaces.ALL)
                        .orElseThrow()
                        .payload()));
        assertThat(ledger.<Boolean>commit(tx -> tx.outbox().sent(claim, FakeLine.OWNER)))
                .as("its fence")
                .isTrue();
        assertThat(states(order, "wms")).containsExactly("PENDING");
    }

    @Test
    void one_that_was_handed_over_and_not_finished_is_due_when_its_lease_is_over_and_no_earlier() {
        String order = orders.order("SO-1");
        emit(order, "order.accepted");
        assertThat(claimed("oms")).isEmpty();

        ledger.commit(tx -> tx.outbox().endLeasesOf(FakeLine.OWNER));

        assertThat(claimed("oms"))
                .as("a node that went away is no refusal")
                .extracting(Claim::attempts)
                .containsExactly(1);
    }

    @Test
    void kills_of_hubs_that_had_not_begun_an_event_bring_it_no_nearer_to_being_parked() {
        String order = orders.order("SO-1");
        emit(order, "order.accepted");
        ledger.commit(tx -> tx.outbox().endLeasesOf(FakeLine.OWNER));
        for (int run = 2; run < 20; run++) {
            String owner = "run-" + run;
            assertThat(ledger.<List<Claim>>commit(tx -> tx.outbox().claim("oms", owner, LEASE, 10)))
                    .hasSize(1);
            ledger.commit(tx -> tx.outbox().endLeases("run-" + owner));
        }

        Claim claim = claimed("oms").get(0);

        assertThat(claim.attempts()).isEqualTo(1);
        assertThat(CutShort.times(claim.lastError()))
                .as("one of the hubs that ended may have begun it")
                .isEqualTo(1);
    }

    @Test
    void each_beginning_of_an_event_that_a_hub_had_when_it_ended_is_counted_until_an_outcome() {
        emit(orders.order("SO-1"), "order.accepted");
        for (int run = 1; run < CutShort.MOST; run++) {
            ledger.commit(tx -> tx.outbox().endLeases("run-1"));
            Claim claim = claimed("oms").get(0);
            assertThat(CutShort.times(claim.lastError())).isEqualTo(run);
            assertThat(ledger.<Boolean>commit(tx -> tx.outbox().beginAgain(claim, "node-1")))
                    .isTrue();
        }
        ledger.commit(tx -> tx.outbox().endLeasesOf("node-1"));
        Claim last = claimed("oms").get(0);
        assertThat(CutShort.times(last.lastError())).isEqualTo(CutShort.MOST);

        ledger.commit(tx -> tx.outbox().backOff(last, "node-1", Duration.ZERO, "503"));

        assertThat(claimed("oms"))
                .extracting(claim -> CutShort.times(claim.lastError()))
                .containsExactly(0);
    }

    @Test
    void one_that_arrived_says_no_more_that_a_hub_ended() {
        String order = orders.order("SO-1");
        emit(order, "order.accepted");
        ledger.commit(tx -> tx.outbox().endLeases("run-1"));
        Claim claim = claimed("oms").get(0);
        ledger.commit(tx -> tx.outbox().beginAgain(claim, "node-1"));

        assertThat(ledger.<Boolean>commit(tx -> tx.outbox().sent(claim, "node-1")))
                .isTrue();

        assertThat(ledger.<List<DeliveryBook.Row>>read(tx -> tx.deliveries().of(order)))
                .extracting(DeliveryBook.Row::lastError)
                .containsOnlyNulls();
    }

    @Test
    void of_several_of_an_order_in_one_commit_the_first_goes_and_the_others_wait_for_it() {
        String order = orders.order("SO-1");
        String other = orders.order("SO-2");

        ledger.commitAll(tx -> {
            tx.events()
                    .emit(List.of(news(tx, order, "order.accepted", "order.labelled"), news(tx, other, "order.held")));
            tx.events().emit(List.of(news(tx, order, "billing.charged"), news(tx, other, "order.labelled")));
        });

        assertThat(line.taken).extracting(Claim::type).containsExactly("order.accepted", "order.held");
        assertThat(states(order, "oms")).containsExactly("CLAIMED", "PENDING", "PENDING");
        assertThat(states(other, "oms")).containsExactly("CLAIMED", "PENDING");
        assertThat(line.isEverythingGivenBack()).isTrue();
    }

    @Test
    void one_waits_for_an_earlier_one_of_its_order_that_is_due_or_claimed_and_for_none_that_is_sent_or_parked() {
        String order = orders.order("SO-1");
        line.isOpen = false;
        emit(order, "order.accepted");
        line.isOpen = true;
        emit(order, "order.held");
        Claim first = claimed("oms").get(0);
        emit(order, "order.labelled");
        assertThat(line.taken).isEmpty();

        ledger.commit(tx -> tx.outbox().sent(first, "node-1"));
        Claim second = claimed("oms").get(0);
        ledger.commit(tx -> tx.outbox().park(second, "node-1", "503"));
        Claim third = claimed("oms").get(0);
        ledger.commit(tx -> tx.outbox().sent(third, "node-1"));
        emit(order, "shipment.voided");

        assertThat(line.taken).extracting(Claim::type).containsExactly("shipment.voided");
        assertThat(states(order, "oms")).containsExactly("SENT", "PARKED", "SENT", "CLAIMED");
    }

    @Test
    void a_commit_that_fails_hands_over_nothing_and_gives_its_room_back() {
        String order = orders.order("SO-1");

        assertThatThrownBy(() -> ledger.commitAll(tx -> {
                    tx.events().emit(List.of(news(tx, order, "order.accepted")));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(line.taken).isEmpty();
        assertThat(line.kept).hasValue(1);
        assertThat(line.isEverythingGivenBack()).isTrue();
        assertThat(deliveries(order)).isEmpty();
    }

    @Test
    void a_commit_that_lost_a_race_and_ran_again_hands_each_over_once() {
        String order = orders.order("SO-1");
        AtomicInteger runs = new AtomicInteger();

        ledger.commitAll(tx -> {
            tx.events().emit(List.of(news(tx, order, "order.accepted")));
            if (runs.incrementAndGet() < 3) {
                throw new UnableToExecuteStatementException("lost", new SQLException("lost", "40001"), null);
            }
        });

        assertThat(line.kept).hasValue(3);
        assertThat(line.taken)
                .extracting(Claim::id)
                .containsExactly(deliveries(order).get(0).id());
        assertThat(line.isEverythingGivenBack()).isTrue();
    }

    @Test
    void what_need_not_be_on_disk_when_it_returns_hands_over_nothing() {
        String order = orders.order("SO-1");

        ledger.commitSoon(tx -> {
            tx.events().emit(List.of(news(tx, order, "order.accepted")));
            return true;
        });

        assertThat(line.kept).hasValue(0);
        assertThat(states(order, "oms")).containsExactly("PENDING");
    }

    @Test
    void commits_that_are_shared_and_commits_alone_hand_over_alike() {
        Gathering<String, Boolean> gathering = new Gathering<>(ledger, (tx, works) -> {
            tx.events()
                    .emit(works.stream()
                            .map(order -> news(tx, order, "order.labelled"))
                            .toList());
            return works.stream().map(order -> Optional.of(true)).toList();
        });
        List<String> all = List.of(orders.order("SO-1"), orders.order("SO-2"), orders.order("SO-3"));

        all.subList(0, 2).parallelStream().forEach(gathering::commit);
        gathering.commitNow(all.get(2));

        assertThat(line.taken).extracting(Claim::entityId).containsExactlyInAnyOrderElementsOf(all);
        assertThat(line.isEverythingGivenBack()).isTrue();
    }

    private void emit(String order, String type) {
        orders.emit(order, type);
    }

    private static News news(Tx tx, String order, String... types) {
        return new News(
                tx.orders().find(order, Namespaces.ALL).orElseThrow(),
                null,
                List.of(types),
                JsonNodeFactory.instance.objectNode());
    }

    private List<Claim> claimed(String sink) {
        return ledger.commit(tx -> tx.outbox().claim(sink, "node-1", LEASE, 10));
    }

    private List<DeliveryBook.Row> deliveries(String order) {
        return ledger.read(tx -> tx.deliveries().of(order));
    }

    private List<String> states(String order, String sink) {
        return deliveries(order).stream()
                .filter(row -> row.sink().equals(sink))
                .map(DeliveryBook.Row::state)
                .toList();
    }

    /** Where events of two sinks go; one has room for what it is handed, the other for nothing. */
    static final class FakeLine implements Subscriptions {
        static final String OWNER = "node-0";

        final List<Claim> taken = new CopyOnWriteArrayList<>();
        final AtomicInteger kept = new AtomicInteger();
        final AtomicInteger over = new AtomicInteger();
        private final String sink;
        private final Duration lease;
        boolean isOpen = true;
        Consumer<Claim> whenTaken = claim -> {};

        FakeLine(String sink, Duration lease) {
            this.sink = sink;
            this.lease = lease;
        }

        @Override
        public List<String> sinks(String namespace, String type) {
            return List.of("oms", "wms");
        }

        @Override
        public Optional<Room> room(String name) {
            if (!isOpen || !name.equals(sink)) {
                return Optional.empty();
            }
            kept.incrementAndGet();
            return Optional.of(new Room() {
                @Override
                public String owner() {
                    return OWNER;
                }

                @Override
                public Duration lease() {
                    return lease;
                }

                @Override
                public void take(Claim claim, long claimedAt) {
                    assertThat(claimedAt).isLessThanOrEqualTo(System.nanoTime());
                    over.incrementAndGet();
                    taken.add(claim);
                    whenTaken.accept(claim);
                }

                @Override
                public void giveBack() {
                    over.incrementAndGet();
                }
            });
        }

        boolean isEverythingGivenBack() {
            return kept.get() == over.get();
        }
    }
}
