package io.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.ledger.CutShort;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event whose delivery ends the hub: here it never comes back, and the next run begins where a dead one left off. */
class EndsHubTest {
    private static final String POISON = "SO-2";

    private final Sinks sinks = Sinks.read(Settings.of("sink.oms.namespaces=acme\nsink.oms.workers=1"));
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<Delivery> runs = new ArrayList<>();

    @TempDir
    Path folder;

    private Ledger ledger;
    private OrdersWithEvents orders;

    @BeforeEach
    void open() {
        ledger = Ledger.open(Stores.h2(folder), sinks);
        orders = new OrdersWithEvents(ledger);
    }

    @AfterEach
    void close() {
        over.countDown();
        runs.forEach(Delivery::stop);
        ledger.close();
    }

    @Test
    void it_is_parked_after_five_ends_and_all_that_was_claimed_with_it_arrives() {
        for (int order = 1; order <= 40; order++) {
            orders.emit(orders.order("SO-" + order), "order.labelled");
        }

        runs(5, this::isPoisonBegun);
        run();
        await().until(() -> states().equals(List.of("PARKED", "SENT")));

        assertThat(begun).filteredOn(POISON::equals).hasSize(5);
        assertThat(exceptions()).singleElement().satisfies(row -> {
            assertThat(row.reason()).isEqualTo("delivery-parked");
            assertThat(row.problems()).contains("delivery-ends-hub", POISON, "\"times\":\"5\"");
        });
        assertThat(parked().lastError()).contains("the hub ended");
    }

    @Test
    void once_replayed_it_is_tried_again_and_its_success_closes_the_exception() {
        orders.emit(orders.order(POISON), "order.labelled");
        runs(5, this::isPoisonBegun);
        run();
        await().until(() -> states().contains("PARKED"));
        Delivery last = runs.get(runs.size() - 1);

        over.countDown();
        last.replay(parked().id(), Namespaces.ALL, "Ada");
        await().until(() -> states().equals(List.of("SENT")));

        assertThat(exceptions()).isEmpty();
    }

    @Test
    void one_that_takes_long_is_not_parked_by_hubs_that_end_at_once_of_something_else() {
        orders.emit(orders.order(POISON), "order.labelled");
        runs(2, this::isPoisonBegun);
        for (int end = 1; end <= CutShort.MOST; end++) {
            run(Duration.ofSeconds(1));
            await().until(this::isPutOff);
            runs.get(runs.size() - 1).stop();
        }

        over.countDown();
        run(Duration.ofSeconds(1));

        await().until(() -> states().equals(List.of("SENT")));
        assertThat(exceptions()).isEmpty();
    }

    /** It is to begin once this run has lasted longer. */
    private boolean isPutOff() {
        return states().equals(List.of("PENDING"))
                && !ledger.<Boolean>read(tx -> tx.outbox().anyDue("oms"));
    }

    private boolean isPoisonBegun() {
        return begun.stream().filter(POISON::equals).count() >= runs.size();
    }

    private void runs(int number, BooleanSupplier until) {
        for (int run = 0; run < number; run++) {
            run();
            await().until(until::getAsBoolean);
        }
    }

    private void run() {
        run(Duration.ofMillis(20));
    }

    private void run(Duration poll) {
        Delivery run = new Delivery(ledger, "run-" + runs.size(), sinks, name -> this::deliver, poll);
        runs.add(run);
        run.start();
    }

    private void deliver(Event event) throws InterruptedException {
        if (!event.type().equals("order.labelled")) {
            return;
        }
        begun.add(event.subject());
        if (event.subject().equals(POISON)) {
            over.await();
        }
    }

    private DeliveryBook.Row parked() {
        return deliveries().stream()
                .filter(row -> row.state().equals("PARKED"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> states() {
        return deliveries().stream()
                .map(DeliveryBook.Row::state)
                .distinct()
                .sorted()
                .toList();
    }

    private List<DeliveryBook.Row> deliveries() {
        return orders.ids().stream()
                .flatMap(order -> ledger
                        .<List<DeliveryBook.Row>>read(tx -> tx.deliveries().of(order))
                        .stream())
                .toList();
    }

    private List<ExceptionBook.Row> exceptions() {
        return ledger.read(OpenExceptions::of);
    }
}
