package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.delivery.OrdersWithEvents;
import io.waybill.ledger.BackupSettings;
import io.waybill.ledger.Backups;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OutboxBook.Claim;
import io.waybill.ledger.Retention;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the clock forgets, and who does it. */
class HousekeepingTest {
    private static final String KEPT = "retention.events=90d";

    @TempDir
    Path folder;

    private Database database;
    private Ledger ledger;
    private String order;

    @BeforeEach
    void tellSomething() throws SQLException {
        database = Stores.memory();
        ledger = Ledger.open(database, (namespace, type) -> List.of("oms"));
        OrdersWithEvents orders = new OrdersWithEvents(ledger);
        order = orders.order("SO-1");
        orders.emit(order, "order.accepted");
        List<Claim> claims = ledger.commit(tx -> tx.outbox().claim("oms", "node", Duration.ofMinutes(1), 9));
        ledger.commitAll(tx -> tx.outbox().sent(claims, "node"));
        try (Connection connection =
                DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection
                    .createStatement()
                    .execute("UPDATE outbox SET due = due - INTERVAL '91' DAY, sent_at = sent_at - INTERVAL '91' DAY");
        }
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void sent_events_go_when_their_time_is_over() {
        forget(KEPT, duty -> true);

        assertThat(told()).isEmpty();
    }

    @Test
    void sent_events_stay_for_ever_where_nobody_said_how_long() {
        forget("retention.labels=90d", duty -> true);

        assertThat(told()).hasSize(1);
    }

    @Test
    void a_node_removes_none_while_another_has_the_duty() {
        forget(KEPT, duty -> false);

        assertThat(told()).hasSize(1);
    }

    private void forget(String retention, Predicate<String> duties) {
        Retention keep = Retention.read(Settings.of(retention).section("retention"));
        Backups backups = new Backups(ledger, new BackupSettings(Duration.ZERO, folder.resolve("backups"), 1));
        try (Housekeeping housekeeping = new Housekeeping(ledger, backups, keep, folder.resolve("files"), duties)) {
            housekeeping.forget();
        }
    }

    private List<DeliveryBook.Row> told() {
        return ledger.read(tx -> tx.deliveries().of(order));
    }
}
