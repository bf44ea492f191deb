package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.delivery.OrdersWithEvents;
import io.waybill.failpoint.Failpoint;
import io.waybill.faults.ChildJvm;
import io.waybill.ledger.HandoverContract.FakeLine;
import io.waybill.ledger.OutboxBook.Claim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a commit that has reached the database, but perhaps not the disk, nothing is handed over. */
class HandoverInDoubtTest {
    private static final Duration LEASE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void a_commit_in_doubt_hands_over_nothing_and_its_events_are_due_at_the_next_start() throws Exception {
        Path log = folder.resolve("child.log");
        Path store = folder.resolve("store");
        Stores.h2(store); // else the child would build one
        String secondCommit = "-D" + Failpoint.PROPERTY + "=" + Failpoint.COMMIT_IN_DOUBT.word() + "=lose@2";

        try (ChildJvm child =
                ChildJvm.start(List.of(), List.of(secondCommit), Emitter.class, log, Map.of(), store.toString())) {
            child.waitFor(60);
        }

        assertThat(Files.readString(log)).contains("in doubt: kept 1, handed over [], given back true");
        try (Ledger ledger = Ledger.open(Stores.h2(store), Subscriptions.NONE)) {
            assertThat(claimed(ledger)).as("before its lease is over").isEmpty();
            ledger.commit(tx -> tx.outbox().endLeases("node-1"));
            assertThat(claimed(ledger)).extracting(Claim::type).containsExactly("order.labelled");
        }
    }

    private static List<Claim> claimed(Ledger ledger) {
        return ledger.commit(tx -> tx.outbox().claim("oms", "node-1", LEASE, 10));
    }

    /** Emits an event whose commit's answer is lost. */
    static final class Emitter {
        private Emitter() {}

        public static void main(String[] arguments) {
            FakeLine line = new FakeLine("oms", LEASE);
            try (Ledger ledger = Ledger.open(Stores.h2(Path.of(arguments[0])), line)) {
                OrdersWithEvents orders = new OrdersWithEvents(ledger);
                String order = orders.order("SO-1");
                try {
                    orders.emit(order, "order.labelled");
                } catch (RuntimeException e) {
                    System.out.println("in doubt: kept " + line.kept + ", handed over " + line.taken + ", given back "
                            + line.isEverythingGivenBack());
                }
            }
        }
    }
}
