package io.waybill;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Taken;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Standing;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that is told to stop buys nothing new, whatever else of it still has to come to its end. */
class StoppingTest {
    @TempDir
    Path folder;

    @Test
    void nothing_is_bought_any_more_while_a_backup_takes_long_to_end() throws Exception {
        Stores.h2(folder.resolve("data"));
        Spine spine = new Spine(Settings.of("""
                backup.every=20ms
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:1
                service.ground=sandbox:ground
                defaults.namespace=acme
                defaults.shipFrom.name=Acme Depot
                defaults.shipFrom.line1=1 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                """), DataFolder.open(folder.resolve("data")), name -> event -> {});
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        new Thread(() -> {
                    synchronized (spine.ground.backups) {
                        held.countDown();
                        join(over);
                    }
                })
                .start();
        assertThat(held.await(60, SECONDS)).isTrue();
        spine.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread ->
                                thread.getName().equals("housekeeping") && thread.getState() == Thread.State.BLOCKED));

        try {
            CompletableFuture<Void> drained = CompletableFuture.runAsync(spine::drain);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Thread.getAllStackTraces().entrySet().stream()
                            .anyMatch(each -> Arrays.stream(each.getValue())
                                    .anyMatch(frame -> frame.getClassName().equals(Housekeeping.class.getName())
                                            && frame.getMethodName().equals("close"))));
            Taken taken = spine.takingIn.intake.take(Rig.from("local", Rig.order("SO-1", "1.2")));
            await().during(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(spine.ground
                                    .ledger
                                    .<ShipmentRow>read(tx ->
                                            tx.shipments().of(taken.orderUid()).get(0))
                                    .attempts())
                            .isZero());
            assertThat(drained).isNotDone();
        } finally {
            over.countDown();
            spine.drain();
            spine.close();
        }
    }

    @Test
    void whoever_waits_for_a_label_that_is_bought_here_no_more_is_answered_and_keeps_nothing_from_its_end() {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        try (Rig rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", carrier))) {
            rig.ledger.commitAll(tx -> tx.stops().stop("fake", "lunch", "ops"));
            Taken taken = rig.take(Rig.order("SO-2", "1.2"));
            CompletableFuture<Standing> caller =
                    CompletableFuture.supplyAsync(() -> rig.dispatch.await(taken.orderUid(), Patience.LONG));

            rig.dispatch.finish();

            assertThat(caller)
                    .succeedsWithin(Duration.ofSeconds(30))
                    .satisfies(standing -> assertThat(standing.shipments())
                            .extracting(ShipmentRow::state)
                            .containsExactly(ShipmentState.READY));
        }
    }

    @Test
    void whoever_waits_behind_a_purchase_that_hangs_is_answered_before_that_has_ended() {
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
        carrier.script.add(FakeCarrier.Turn.SELL_AND_ANSWER_LATE);
        try (Rig rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", carrier))) {
            Taken hanging = rig.take(Rig.order("SO-3", "1.2"));
            await().until(() -> carrier.asked.size() == 1);
            rig.ledger.commitAll(tx -> tx.stops().stop("fake", "lunch", "ops"));
            Taken behind = rig.take(Rig.order("SO-4", "1.2"));
            CompletableFuture<Standing> bought = caller(rig, hanging);
            CompletableFuture<Standing> waits = caller(rig, behind);

            rig.dispatch.claimNoMore();
            CompletableFuture<Void> end = CompletableFuture.runAsync(rig.dispatch::finish);

            try {
                assertThat(waits)
                        .succeedsWithin(Duration.ofSeconds(20))
                        .satisfies(standing -> assertThat(standing.shipments())
                                .extracting(ShipmentRow::state)
                                .containsExactly(ShipmentState.READY));
                assertThat(bought).isNotDone();
                assertThat(end).isNotDone();
            } finally {
                carrier.lateAnswers.countDown();
            }
            assertThat(bought)
                    .succeedsWithin(Duration.ofSeconds(30))
                    .satisfies(standing -> assertThat(standing.shipments())
                            .extracting(ShipmentRow::state)
                            .containsExactly(ShipmentState.LABELLED));
        }
    }

    private static CompletableFuture<Standing> caller(Rig rig, Taken taken) {
        return CompletableFuture.supplyAsync(
                () -> rig.dispatch.await(taken.orderUid(), Patience.LONG), task -> new Thread(task).start());
    }

    private static void join(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
