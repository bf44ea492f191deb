package io.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.waybill.ledger.AuditBook;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.OutboxBook;
import io.waybill.ledger.Stores;
import io.waybill.ledger.StoryBook;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DeliveryTest {
    private static final String SETTINGS = """
            sink.oms.namespaces=acme
            sink.oms.backoffScale=0.000001
            sink.wms.namespaces=acme
            sink.wms.events=order.labelled,tracking.updated
            """;

    private final Map<String, Sink> behaviours = new ConcurrentHashMap<>();
    private final Map<String, List<Event>> taken = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    private Sinks sinks;
    private Ledger ledger;
    private OrdersWithEvents orders;
    private Delivery delivery;

    @BeforeEach
    void open() {
        sinks = Sinks.read(Settings.of(SETTINGS));
        ledger = Ledger.open(Stores.h2(folder), sinks);
        orders = new OrdersWithEvents(ledger);
        delivery = new Delivery(ledger, "node-1", sinks, this::sink, Duration.ofMillis(20));
    }

    @AfterEach
    void close() {
        delivery.stop();
        ledger.close();
    }

    @Test
    void every_subscribed_sink_gets_the_event_once() {
        delivery.start();
        orders.emit(orders.order("SO-1"), "order.labelled");

        await().until(() -> states().equals(List.of("SENT", "SENT")));
        assertThat(taken.get("oms")).hasSize(1);
        assertThat(taken.get("wms")).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("order.labelled");
            assertThat(event.subject()).isEqualTo("SO-1");
            assertThat(event.json()).contains("\"id\":\"" + event.id() + "\"");
        });
    }

    @Test
    void a_start_says_which_sink_the_settings_lost_with_events_it_is_owed() {
        orders.emit(orders.order("SO-1"), "order.labelled");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(Delivery.class);
        log.start();
        logger.addAppender(log);
        Sinks renamed = Sinks.read(Settings.of("sink.oms.namespaces=acme\nsink.depot.namespaces=acme"));
        Delivery later = new Delivery(ledger, "node-1", renamed, this::sink, Duration.ofMillis(20));

        later.start();
        later.stop();
        logger.detachAppender(log);

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("no setting names the sink wms, which is still owed 1 event");
    }

    @Test
    void a_sink_is_tried_with_the_newest_event_it_was_told_under_the_same_id() {
        delivery.start();
        orders.emit(orders.order("SO-1"), "order.labelled");
        await().until(() -> states().equals(List.of("SENT", "SENT")));
        delivery.stop();

        Trial trial = delivery.test("wms", Namespaces.ALL, "Ada");

        assertThat(trial.why()).isNull();
        assertThat(taken.get("wms"))
                .extracting(Event::id)
                .containsExactly(trial.event().id(), trial.event().id());
        assertThat(states()).containsExactly("SENT", "SENT");
        behaviours.put("wms", event -> {
            throw new IOException("503 from the warehouse");
        });
        assertThat(delivery.test("wms", Namespaces.ALL, "Ada").why()).contains("503 from the warehouse");
        assertThatThrownBy(() -> delivery.test("wms", Namespaces.of(Set.of("globex")), "Ada"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("wms");
    }

    @Test
    void the_words_of_a_sink_that_is_tried_are_in_the_answer_and_not_in_the_audit_log() {
        behaviours.put("wms", event -> {
            throw new IOException("no such recipient: Jane Doe");
        });
        orders.emit(orders.order("SO-1"), "order.labelled");

        assertThat(delivery.test("wms", Namespaces.ALL, "Ada").why()).contains("Jane Doe");
        behaviours.remove("wms");
        assertThat(delivery.test("wms", Namespaces.ALL, "Ada").why()).isNull();

        assertThat(ledger.<List<AuditBook.Entry>>read(tx -> tx.audit().list(Namespaces.ALL, "wms", null, 10)))
                .extracting(AuditBook.Entry::detail)
                .containsExactlyInAnyOrder("refused", "taken");
    }

    @Test
    void a_sink_that_was_told_nothing_yet_is_tried_with_a_test_unless_it_maps_what_it_is_told() {
        Sinks two = Sinks.read(Settings.of("""
            sink.posted.namespaces=acme
            sink.posted.url=https://oms.example.com/waybill
            sink.mapped.namespaces=acme
            sink.mapped.mapping=wms-row
            """));
        Delivery fresh = new Delivery(ledger, "node-1", two, this::sink, Duration.ofMillis(20));

        Trial trial = fresh.test("posted", Namespaces.ALL, "Ada");

        assertThat(trial.event().type()).isEqualTo("hub.test");
        assertThat(taken.get("posted"))
                .singleElement()
                .satisfies(event -> assertThat(event.json()).contains("\"specversion\":\"1.0\"", "\"test\":true"));
        assertThatThrownBy(() -> fresh.test("mapped", Namespaces.ALL, "Ada"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("told nothing yet");
        assertThat(taken).doesNotContainKey("mapped");
    }

    @Test
    void one_failing_sink_never_holds_another() {
        CountDownLatch never = new CountDownLatch(1);
        behaviours.put("oms", event -> never.await());
        delivery.start();
        for (int i = 1; i <= 30; i++) {
            orders.emit(orders.order("SO-" + i), "order.labelled");
        }

        await().until(() -> taken.getOrDefault("wms", List.of()).size() == 30);
        assertThat(taken.get("oms")).isNull();
        never.countDown();
        await().until(() -> states().stream().allMatch("SENT"::equals));
    }

    @Test
    void a_sink_that_breaks_with_an_error_is_tried_again_and_its_worker_goes_on() {
        behaviours.put("oms", event -> {
            behaviours.remove("oms");
            throw new NoClassDefFoundError("com/acme/Warehouse");
        });
        delivery.start();
        orders.emit(orders.order("SO-1"), "order.labelled");

        await().until(() -> states().equals(List.of("SENT", "SENT")));
    }

    @Test
    void what_waits_goes_at_once_when_a_sink_that_took_nothing_takes_one_again() {
        AtomicInteger refused = new AtomicInteger();
        behaviours.put("depot", event -> {
            refused.incrementAndGet();
            throw new IOException("the folder is not mounted");
        });
        Delivery slow = startPutOff();
        for (int i = 1; i <= 40; i++) {
            orders.emit(orders.order("SO-" + i), "order.labelled", "tracking.updated");
        }
        await().until(() -> refused.get() == 40);

        behaviours.remove("depot");
        orders.emit(orders.order("SO-41"), "order.labelled");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> taken.getOrDefault("depot", List.of()).size() == 81);
        slow.stop();
        Map<String, List<String>> inOrder = taken.get("depot").stream()
                .collect(Collectors.groupingBy(Event::subject, Collectors.mapping(Event::type, Collectors.toList())));
        inOrder.remove("SO-41");
        assertThat(inOrder.values()).containsOnly(List.of("order.labelled", "tracking.updated"));
    }

    @Test
    void what_a_sink_dislikes_is_not_sent_again_and_again_because_it_takes_the_others() {
        AtomicInteger refused = new AtomicInteger();
        behaviours.put("depot", event -> {
            if (event.subject().startsWith("BAD")) {
                refused.incrementAndGet();
                throw new IOException("no such recipient");
            }
        });
        Delivery slow = startPutOff();
        for (int i = 1; i <= 40; i++) {
            orders.emit(orders.order("BAD-" + i), "order.labelled");
            orders.emit(orders.order("SO-" + i), "order.labelled");
        }
        await().until(() -> taken.getOrDefault("depot", List.of()).size() == 40 && refused.get() >= 40);

        for (int i = 41; i <= 80; i++) {
            orders.emit(orders.order("SO-" + i), "order.labelled");
        }
        await().until(() -> taken.get("depot").size() == 80);
        slow.stop();

        assertThat(refused.get()).isLessThanOrEqualTo(50);
    }

    /** Its second attempt is 50 s after the first. */
    private Delivery startPutOff() {
        Sinks slow = Sinks.read(Settings.of("sink.depot.namespaces=acme\nsink.depot.backoffScale=10"));
        ledger.close();
        ledger = Ledger.open(Stores.h2(folder), slow);
        orders = new OrdersWithEvents(ledger);
        Delivery line = new Delivery(ledger, "node-1", slow, this::sink, Duration.ofMillis(20));
        line.start();
        return line;
    }

    @Test
    void events_of_one_order_arrive_in_sequence() {
        Map<String, Integer> calls = new ConcurrentHashMap<>();
        behaviours.put("oms", event -> {
            if (calls.merge(event.id(), 1, Integer::sum) < 3) {
                throw new IOException("503");
            }
        });
        List<String> types = List.of("order.accepted", "order.labelled", "tracking.updated", "shipment.voided");
        List<String> ids = List.of(orders.order("SO-1"), orders.order("SO-2"), orders.order("SO-3"));
        ids.forEach(id -> orders.emit(id, types.toArray(String[]::new)));
        delivery.start();

        await().until(() -> taken.getOrDefault("oms", List.of()).size() == 12);
        for (String order : List.of("SO-1", "SO-2", "SO-3")) {
            assertThat(taken.get("oms"))
                    .filteredOn(event -> event.subject().equals(order))
                    .extracting(Event::type)
                    .containsExactlyElementsOf(types);
        }
    }

    @Test
    void an_order_whose_event_takes_long_holds_up_its_own_next_event_and_no_other_order() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        behaviours.put("oms", event -> {
            if (event.subject().equals("SO-1") && event.type().equals("order.accepted")) {
                begun.countDown();
                finish.await();
            }
        });
        delivery.start();
        orders.emit(orders.order("SO-1"), "order.accepted", "order.labelled");
        begun.await();
        for (int i = 2; i <= 30; i++) {
            orders.emit(orders.order("SO-" + i), "order.accepted", "order.labelled");
        }

        await().until(() -> taken.getOrDefault("oms", List.of()).size() == 58);
        assertThat(taken.get("oms")).extracting(Event::subject).doesNotContain("SO-1");
        finish.countDown();

        await().until(() -> taken.get("oms").size() == 60);
        assertThat(taken.get("oms").subList(58, 60))
                .extracting(Event::type)
                .containsExactly("order.accepted", "order.labelled");
    }

    @Test
    void a_delivery_refused_ten_times_is_parked_and_opens_an_exception() {
        AtomicInteger calls = new AtomicInteger();
        behaviours.put("oms", event -> {
            calls.incrementAndGet();
            throw new IOException("HTTP 500\r\nforged: line");
        });
        String order = orders.order("SO-1");
        delivery.start();
        orders.emit(order, "order.accepted");

        await().until(() -> states().get(0).equals("PARKED"));
        assertThat(calls).hasValueGreaterThanOrEqualTo(10);
        assertThat(exceptions())
                .filteredOn(
                        row -> row.subjectId().equals(deliveries(order).get(0).id()))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.reason()).isEqualTo("delivery-parked");
                    assertThat(row.orderId()).isEqualTo("SO-1");
                    assertThat(row.problems()).contains("HTTP 500 forged: line");
                });
    }

    @Test
    void a_parked_delivery_is_replayed_by_command() {
        behaviours.put("oms", event -> {
            throw new IOException("down");
        });
        String order = orders.order("SO-1");
        delivery.start();
        orders.emit(order, "order.accepted");
        await().until(() -> !exceptions().isEmpty());
        String id = deliveries(order).get(0).id();
        behaviours.remove("oms");

        delivery.replay(id, Namespaces.of(Set.of("acme")), "key_1");

        await().until(() -> states().get(0).equals("SENT"));
        assertThat(taken.get("oms")).extracting(Event::id).contains(id);
        assertThat(exceptions()).extracting(ExceptionBook.Row::subjectId).doesNotContain(id);
    }

    @Test
    void why_a_delivery_of_a_forgotten_order_is_discarded_is_kept_nowhere() {
        behaviours.put("oms", event -> {
            throw new IOException("it is not my order");
        });
        String order = orders.order("SO-1");
        delivery.start();
        orders.emit(order, "order.accepted");
        await().until(() -> !exceptions().isEmpty());
        String id = deliveries(order).get(0).id();
        new Erasure(ledger).order(order, Namespaces.ALL, "privacy officer");

        delivery.discard(id, "Jane Roe called", Namespaces.of(Set.of("acme")), "Ada");

        assertThat(ledger.<List<StoryBook.Entry>>read(tx -> tx.story().of(order)))
                .filteredOn(entry -> entry.what().equals("delivery discarded"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).contains("oms").doesNotContain("Jane"));
        assertThat(ledger.<List<AuditBook.Entry>>read(tx -> tx.audit().list(Namespaces.ALL, id, null, 10)))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).contains("oms").doesNotContain("Jane"));
    }

    @Test
    void a_parked_delivery_is_discarded_for_a_reason_and_is_nobodys_work_from_then_on() {
        behaviours.put("oms", event -> {
            throw new IOException("it is not my order");
        });
        String order = orders.order("SO-1");
        delivery.start();
        orders.emit(order, "order.accepted");
        await().until(() -> !exceptions().isEmpty());
        String id = deliveries(order).get(0).id();

        delivery.discard(id, "the shop is closed", Namespaces.of(Set.of("acme")), "Ada");
        delivery.discard(id, "pressed twice", Namespaces.of(Set.of("acme")), "Ada");

        assertThat(deliveries(order).get(0).state()).isEqualTo("DISCARDED");
        assertThat(exceptions()).extracting(ExceptionBook.Row::subjectId).doesNotContain(id);
        assertThat(ledger.<List<StoryBook.Entry>>read(tx -> tx.story().of(order)))
                .filteredOn(entry -> entry.what().equals("delivery discarded"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actor()).isEqualTo("Ada");
                    assertThat(entry.detail()).contains("oms", "order.accepted", "the shop is closed");
                });
        assertThat(ledger.<List<AuditBook.Entry>>read(tx -> tx.audit().list(Namespaces.ALL, id, null, 10)))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actor() + " " + entry.act()).isEqualTo("Ada delivery.discarded");
                    assertThat(entry.detail()).contains("oms", "order.accepted").doesNotContain("shop");
                });
        assertThat(whyNotReplayed(id)).isEqualTo("delivery-not-replayed");
    }

    @Test
    void what_waits_for_a_sink_there_is_no_more_is_discarded_and_what_was_taken_or_is_of_others_is_not() {
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted");
        String waiting = deliveries(order).get(0).id();

        assertThat(whyNotDiscarded(waiting, Namespaces.of(Set.of("other")))).isEqualTo("delivery-not-discarded");
        delivery.discard(waiting, "there is no such sink", Namespaces.ALL, "Ada");
        assertThat(ledger.<List<DeliveryBook.Backlog>>read(tx -> tx.deliveries().backlog()))
                .isEmpty();

        delivery.start();
        orders.emit(order, "order.labelled");
        await().until(() -> deliveries(order).stream()
                .filter(row -> row.type().equals("order.labelled"))
                .allMatch(row -> row.state().equals("SENT")));
        assertThat(taken.get("oms")).extracting(Event::type).containsExactly("order.labelled");
        assertThat(whyNotDiscarded(deliveries(order).get(1).id(), Namespaces.ALL))
                .isEqualTo("delivery-not-discarded");
    }

    @Test
    void what_was_given_up_on_of_a_sink_there_is_no_more_is_not_sent_again_and_stays_as_it_is() {
        behaviours.put("oms", event -> {
            throw new IOException("down");
        });
        String order = orders.order("SO-1");
        delivery.start();
        orders.emit(order, "order.accepted");
        await().until(() -> !exceptions().isEmpty());
        delivery.stop();
        String id = exceptions().get(0).subjectId();
        Delivery later = new Delivery(
                ledger,
                "node-1",
                Sinks.read(Settings.of("sink.wms.namespaces=acme")),
                this::sink,
                Duration.ofMillis(20));

        assertThatThrownBy(() -> later.replay(id, Namespaces.ALL, "Ada"))
                .hasMessageContaining("no setting names the sink oms");
        assertThat(deliveries(order).get(0).state()).isEqualTo("PARKED");
        later.discard(id, "the shop is closed", Namespaces.ALL, "Ada");
        assertThatThrownBy(() -> later.replay(id, Namespaces.ALL, "Ada"))
                .hasMessageContaining("no delivery " + id + " that can be sent again");
    }

    private String whyNotDiscarded(String id, Namespaces scope) {
        return assertThrows(ProblemException.class, () -> delivery.discard(id, "why", scope, "Ada"))
                .problems()
                .get(0)
                .code();
    }

    @Test
    void a_parked_delivery_of_an_order_that_was_forgotten_is_nobodys_work_once_it_is_replayed() {
        behaviours.put("oms", event -> {
            throw new IOException("down");
        });
        String order = orders.order("SO-1");
        delivery.start();
        orders.emit(order, "order.accepted");
        await().until(() -> !exceptions().isEmpty());
        String id = deliveries(order).get(0).id();
        new Erasure(ledger).order(order, Namespaces.ALL, "Ada");
        assertThat(deliveries(order).get(0).lastError()).isEqualTo("erased");
        behaviours.remove("oms");

        delivery.replay(id, Namespaces.ALL, "Ada");

        await().until(() -> states().get(0).equals("SENT"));
        assertThat(exceptions()).extracting(ExceptionBook.Row::subjectId).doesNotContain(id);
    }

    @Test
    void what_a_sink_says_of_an_order_that_was_forgotten_meanwhile_is_neither_kept_nor_logged() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Outcomes.class);
        logger.addAppender(log);
        try {
            String order = orders.order("SO-1");
            behaviours.put("oms", event -> {
                if (!event.json().contains("erased")) {
                    new Erasure(ledger).order(order, Namespaces.ALL, "Ada");
                    throw new IOException("no such recipient: Jane Doe");
                }
            });
            delivery.start();
            orders.emit(order, "order.accepted");

            await().until(() -> states().equals(List.of("SENT")));

            assertThat(deliveries(order).get(0).lastError()).isEqualTo("erased");
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("Jane"));
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void what_a_sink_said_of_an_order_before_it_was_forgotten_does_not_come_back_with_a_delivery_that_is_put_off() {
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted");
        OutboxBook.Claim first = claimed();
        ledger.commitAll(tx -> tx.outbox().backOff(first, "n", Duration.ZERO, "no such recipient: Jane Doe"));
        OutboxBook.Claim again = claimed();
        new Erasure(ledger).order(order, Namespaces.ALL, "Ada");

        ledger.commitAll(tx -> tx.outbox().release(again, "n"));
        assertThat(deliveries(order).get(0).lastError()).isEqualTo("erased");
        OutboxBook.Claim last = claimed();
        ledger.commitAll(tx -> tx.outbox().sent(last, "n"));

        assertThat(deliveries(order).get(0).lastError()).isEqualTo("erased");
    }

    private OutboxBook.Claim claimed() {
        return ledger.<List<OutboxBook.Claim>>commit(tx -> tx.outbox().claim("oms", "n", Duration.ofMinutes(1), 1))
                .get(0);
    }

    @Test
    void nothing_of_an_order_that_was_forgotten_while_its_event_was_gathered_waits_in_a_bundle() {
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted");
        OutboxBook.Claim told = claimed();
        Bundles bundles = new Bundles(ledger, "n", Clock.systemUTC());
        new Erasure(ledger).order(order, Namespaces.ALL, "Ada");

        bundles.add("oms", told.id(), told.payload(), "to Jane Doe");

        assertThat(ledger.<Long>read(tx -> tx.bundles().open("oms").events())).isZero();
        ledger.commitAll(tx -> tx.outbox().release(told, "n"));
        bundles.add("oms", told.id(), claimed().payload(), "to nobody");
        assertThat(ledger.<Long>read(tx -> tx.bundles().open("oms").events()))
                .as("what is left is told")
                .isOne();
    }

    @Test
    void a_parked_event_holds_no_later_one_back() {
        behaviours.put("oms", event -> {
            if (event.type().equals("order.accepted")) {
                throw new IOException("cannot be read");
            }
        });
        String order = orders.order("SO-1");
        delivery.start();
        orders.emit(order, "order.accepted", "order.labelled");

        await().until(() -> taken.getOrDefault("oms", List.of()).stream()
                .anyMatch(event -> event.type().equals("order.labelled")));
        assertThat(deliveries(order).get(0).state()).isEqualTo("PARKED");
    }

    @Test
    void a_parked_exception_event_does_not_beget_another() {
        behaviours.put("oms", event -> {
            throw new IOException("down");
        });
        String order = orders.order("SO-1");
        delivery.start();
        orders.emit(order, "order.accepted");

        await().until(() -> deliveries(order).size() == 2
                && deliveries(order).stream().allMatch(row -> row.state().equals("PARKED")));
        assertThat(exceptions()).hasSize(2);
        assertThat(deliveries(order))
                .extracting(DeliveryBook.Row::type)
                .containsExactly("order.accepted", "exception.opened");
    }

    @Test
    void what_is_older_than_what_is_kept_is_said_to_be_gone_and_what_never_was_is_not() {
        String old = "evt_01JB0000000000000000000000";
        assertThat(whyNotReplayed(old)).as("everything is kept").isEqualTo("delivery-not-replayed");

        delivery.keeps(Optional.of(Duration.ofDays(90)));

        assertThatThrownBy(() -> delivery.replay(old, Namespaces.ALL, "Ada"))
                .hasMessageContaining("if there was one, it is gone: it would be of 2024-10-")
                .hasMessageContaining("retention.events");
        for (String never : List.of(
                Ids.next("evt"), "ord" + old.substring(3), "evt_1", "", "evt_zzzzzzzzzzzzzzzzzzzzzzzzzz", "01JB")) {
            assertThat(whyNotReplayed(never)).as(never).isEqualTo("delivery-not-replayed");
        }
    }

    private String whyNotReplayed(String id) {
        return assertThrows(ProblemException.class, () -> delivery.replay(id, Namespaces.ALL, "Ada"))
                .problems()
                .get(0)
                .code();
    }

    @Test
    void another_namespace_cannot_replay_it() {
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted");
        String id = deliveries(order).get(0).id();

        assertThatThrownBy(() -> delivery.replay(id, Namespaces.of(Set.of("other")), "key_2"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(id);
    }

    @Test
    void what_an_earlier_run_had_begun_is_delivered_again_at_start() {
        orders.emit(orders.order("SO-1"), "order.accepted");
        ledger.commit(tx -> tx.outbox().claim("oms", "node-0", Duration.ofHours(1), 10));

        delivery.start();

        await().until(() -> states().equals(List.of("SENT")));
        assertThat(taken.get("oms")).hasSize(1);
    }

    @Test
    void stopping_waits_for_the_delivery_in_hand_and_begins_no_other() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        behaviours.put("oms", event -> {
            begun.countDown();
            finish.await();
        });
        String order = orders.order("SO-1");
        orders.emit(order, "order.accepted", "order.held");
        delivery.start();
        begun.await();

        ExecutorService stopper = Executors.newSingleThreadExecutor();
        Future<?> stopped = stopper.submit(delivery::stop);
        assertThatThrownBy(() -> stopped.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        finish.countDown();
        stopped.get(60, TimeUnit.SECONDS);
        stopper.shutdown();

        assertThat(states()).containsExactly("SENT", "PENDING");
    }

    private Sink sink(String name) {
        return event -> {
            behaviours.getOrDefault(name, e -> {}).deliver(event);
            taken.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>()).add(event);
        };
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

    private List<ExceptionBook.Row> exceptions() {
        return ledger.read(OpenExceptions::of);
    }
}
