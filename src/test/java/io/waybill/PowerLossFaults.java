package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Account;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.faults.LossyDisk;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power cut leaves: the embedded database on a disk that forgets everything not forced to it. */
class PowerLossFaults {
    @TempDir
    Path folder;

    @BeforeAll
    static void disk() {
        LossyDisk.register();
    }

    @Test
    void when_a_request_leaves_for_the_carrier_its_intent_is_on_disk() {
        Map<String, List<String>> left = new ConcurrentHashMap<>();
        Watching carrier = new Watching(ref -> left.put(ref, afterPowerCut("send-" + left.size(), states(ref))));
        try (Rig rig = Rig.start(lossy(), carrier.account())) {
            for (int i = 1; i <= 5; i++) {
                rig.settled(rig.take(Rig.order("P-" + i, "1")), ShipmentState.LABELLED);
            }
        }
        assertThat(left).hasSize(5);
        assertThat(left.values()).allSatisfy(states -> assertThat(states).containsExactly("SENDING"));
    }

    @Test
    void an_order_is_on_disk_before_its_sender_is_answered() {
        try (Rig rig = Rig.stopped(lossy(), Rig.PATIENCE, new Watching(ref -> {}).account())) {
            for (int i = 1; i <= 5; i++) {
                Taken taken = rig.take(Rig.order("P-" + i, "1"));
                List<ShipmentState> there = afterPowerCut(
                        "taken-" + i,
                        ledger -> ledger.read(tx -> tx.shipments().of(taken.orderUid())).stream()
                                .map(row -> row.state())
                                .toList());
                assertThat(there).containsExactly(ShipmentState.READY);
            }
        }
    }

    /** The database's own writer, made busy here, takes changes to be written later; the commit must not be told before. */
    @Test
    void a_commit_is_on_disk_also_when_the_databases_own_writer_took_it() throws IOException {
        Database database = new Database(lossy().url() + ";WRITE_DELAY=5", "sa", "");
        Path left = folder.resolve("left.mv.db");
        Set<String> missing = new TreeSet<>();
        try (Ledger ledger = Ledger.open(database, (namespace, type) -> List.of())) {
            for (int i = 1; i <= 300; i++) {
                String subject = "commit-%d.".formatted(i);
                ledger.commitAll(tx -> tx.audit().record("a person", "test", subject, "acme", "detail"));
                LossyDisk.leave(folder.resolve("waybill.mv.db"), left);
                if (!Files.readString(left, StandardCharsets.ISO_8859_1).contains(subject)) {
                    missing.add(subject);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** The disk itself is honest: what nobody forced is gone. */
    @Test
    void a_plain_commit_of_the_embedded_database_is_not_on_disk_when_it_returns() throws Exception {
        try (Connection connection = DriverManager.getConnection(lossy().url(), "sa", "")) {
            connection.createStatement().execute("CREATE TABLE t (a INT)");
            connection.createStatement().execute("CHECKPOINT SYNC");
            connection.createStatement().execute("INSERT INTO t VALUES (1)");
            assertThat(rows("before")).isZero();
            connection.createStatement().execute("CHECKPOINT SYNC");
            assertThat(rows("after")).isEqualTo(1);
        }
    }

    private int rows(String name) throws Exception {
        try (Connection left = DriverManager.getConnection(left(name).url(), "sa", "");
                var count = left.createStatement().executeQuery("SELECT COUNT(*) FROM t")) {
            count.next();
            return count.getInt(1);
        }
    }

    private static Function<Ledger, List<String>> states(String ref) {
        return ledger -> ledger
                .read(tx -> tx.due().of("fake", ShipmentState.BUYING, 100).stream()
                        .flatMap(row -> tx.attempts().of(row.id()).stream())
                        .toList())
                .stream()
                .filter(attempt -> attempt.ref().equals(ref))
                .map(AttemptRow::state)
                .toList();
    }

    /** Opens what is left and looks. */
    private <T> T afterPowerCut(String name, Function<Ledger, T> look) {
        try (Ledger ledger = Ledger.open(left(name), (namespace, type) -> List.of())) {
            return look.apply(ledger);
        }
    }

    private Database left(String name) {
        try {
            Path copy = Files.createDirectory(folder.resolve(name));
            LossyDisk.leave(folder.resolve("waybill.mv.db"), copy.resolve("waybill.mv.db"));
            return Stores.h2(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Database lossy() {
        return new Database("jdbc:h2:lossy:" + folder.resolve("waybill") + ";DB_CLOSE_ON_EXIT=FALSE", "sa", "");
    }

    /** Sells, and tells first that the request has come. */
    private record Watching(FakeCarrier seller, java.util.function.Consumer<String> arrived) implements Carrier {
        Watching(java.util.function.Consumer<String> arrived) {
            this(new FakeCarrier(IdempotencyClass.A, "7.50"), arrived);
        }

        Account account() {
            return new Account("fake", "fake", this, Set.of(), 4, Duration.ofMillis(50), "on_creation", false);
        }

        @Override
        public IdempotencyClass idempotency() {
            return seller.idempotency();
        }

        @Override
        public Prepared prepare(Shipment shipment, Ref ref) {
            return seller.prepare(shipment, ref);
        }

        @Override
        public Outcome buy(Prepared prepared) {
            arrived.accept(prepared.ref().value());
            return seller.buy(prepared);
        }

        @Override
        public Found find(Ref ref) {
            return seller.find(ref);
        }

        @Override
        public Fetched fetch(ShipmentId id, LabelRequest request) {
            return seller.fetch(id, request);
        }
    }
}
