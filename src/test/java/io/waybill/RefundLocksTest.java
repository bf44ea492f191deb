package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Voids.Voided;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.ledger.VarianceBook;
import io.waybill.mapping.Mappings;
import io.waybill.measure.Money;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever changes a refund has its order first, so that nobody who has the order waits for the refund in vain. */
class RefundLocksTest {
    private static final String DAY = LocalDate.now(ZoneOffset.UTC).toString();

    @TempDir
    Path folder;

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
    private final Database database = Stores.memory();
    private Account account;
    private Rig rig;
    private Taken taken;
    private volatile boolean isFree;

    @BeforeEach
    void start() {
        Aftercare care = new Aftercare(
                Duration.ofHours(1), List.of(Duration.ofHours(1)), Duration.ofDays(1), Duration.ofDays(30));
        account = FakeCarrier.account("fake", carrier, "on_creation", care);
        rig = Rig.start(database, account);
        taken = rig.take(Rig.order("SO-1", "1.2"));
        rig.settled(taken, ShipmentState.LABELLED);
        carrier.voidScript.add(new Voided.Done(Money.of("8.10", "USD")));
        rig.dispatch.voidLabel(rig.shipment(taken).id(), Namespaces.ALL, "ops");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void an_invoice_that_gives_back_waits_for_the_order_and_sees_what_was_written_off_meanwhile() {
        assertThat(runsOfWriteOffBeside(() -> take("I-1", Charge.voided("-8.10"))))
                .isOne();

        assertThat(isFree).as("the refund, while the invoice waits").isTrue();
        assertThat(refund().state()).isEqualTo("credited");
        assertThat(rig.story(taken)).contains("refund came late");
    }

    @Test
    void whoever_decides_a_finding_for_a_reason_waits_for_the_order_too() {
        take("I-2", Charge.transport("8.10"));
        VarianceBook.Variance found = rig.ledger
                .<List<VarianceBook.Variance>>read(tx -> tx.variances()
                        .list(new VarianceBook.Search(null, "fake", null, null, null, 10), Namespaces.ALL))
                .get(0);

        assertThat(runsOfWriteOffBeside(() -> assertThatThrownBy(
                                () -> billing().disputes().accept(found.id(), "they keep it", Namespaces.ALL, "Ann"))
                        .hasMessageContaining("decided before: written-off")))
                .isOne();

        assertThat(refund().words()).isEqualTo("Joe: too old");
    }

    /** How often it ran: more than once where it and the other had waited for each other. */
    private int runsOfWriteOffBeside(Runnable other) {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Void> done = new CompletableFuture<>();
        RefundBook.Row row = refund();
        rig.ledger.commitAll(tx -> {
            tx.orders().lock(row.orderUid(), Namespaces.ALL);
            if (runs.incrementAndGet() == 1) {
                done.completeAsync(() -> {
                    other.run();
                    return null;
                });
                await().until(() -> isThere("SELECT 1 FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL"));
                isFree = isThere("SELECT 1 FROM refund FOR UPDATE SKIP LOCKED");
            }
            tx.refunds().writeOff(row, "Joe: too old");
            tx.variances()
                    .ofShipment(row.shipmentUid(), "voided-but-billed")
                    .forEach(finding -> tx.decisions().decide(finding, "written-off", "too old", "Joe"));
        });
        done.join();
        return runs.get();
    }

    private boolean isThere(String query) {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                ResultSet found = connection.createStatement().executeQuery(query)) {
            return found.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private RefundBook.Row refund() {
        String shipment = rig.shipment(taken).id();
        return rig.ledger
                .<List<RefundBook.Row>>read(tx -> tx.refunds().ofShipments(List.of(shipment)))
                .get(0);
    }

    private void take(String number, Charge charge) {
        String tracking = rig.ledger
                .<List<String>>read(
                        tx -> tx.numbers().tracking(rig.shipment(taken).id()))
                .get(0);
        UpsFile file = new UpsFile().charge(number, tracking, DAY, charge);
        Handed handed = new Handed(number + ".csv", Content.of(file.bytes()), "ups", "fake", null, "Jane");
        assertThat(billing().take(handed, Namespaces.ALL).invoices()).hasSize(1);
    }

    private Billing billing() {
        return new Billing(
                rig.ledger, new Accounts(List.of(account)), Mappings.load(folder, name -> null), folder, folder, "n");
    }
}
