package io.waybill.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.faults.ChildJvm;
import io.waybill.ledger.CutShort;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OutboxBook.Claim;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database writes some commits to disk a moment later; a delivery that ends the hub at once is seen all the same. */
class ClaimBeforeEndTest {
    @TempDir
    Path folder;

    @Test
    void the_next_hub_knows_what_was_being_delivered_when_the_last_one_ended()
            throws IOException, InterruptedException {
        Path store = folder.resolve("store");
        Stores.h2(store); // else the hub would build one
        try (ChildJvm hub = ChildJvm.start(Ends.class, folder.resolve("hub.log"), Map.of(), store.toString())) {
            assertThat(hub.waitFor(60)).isEqualTo(9);
        }

        try (Ledger ledger = Ledger.open(Stores.h2(store), Subscriptions.NONE)) {
            ledger.commit(tx -> tx.outbox().endLeases("run-2"));
            List<Claim> due = ledger.commit(tx -> tx.outbox().claim("oms", "run-2", Duration.ofMinutes(2), 10));
            assertThat(due)
                    .extracting(claim -> CutShort.times(claim.lastError()))
                    .containsExactly(1);
        }
    }

    /** A hub that ends at its first delivery. */
    static final class Ends {
        private Ends() {}

        public static void main(String[] arguments) throws InterruptedException {
            Sinks sinks = Sinks.read(Settings.of("sink.oms.namespaces=acme"));
            Ledger ledger = Ledger.open(Stores.h2(Path.of(arguments[0])), sinks);
            OrdersWithEvents orders = new OrdersWithEvents(ledger);
            orders.emit(orders.order("SO-1"), "order.labelled");
            Sink ends = event -> Runtime.getRuntime().halt(9);
            new Delivery(ledger, "run-1", sinks, name -> ends).start();
            new CountDownLatch(1).await();
        }
    }
}
