package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.delivery.OrdersWithEvents;
import io.waybill.ledger.BackupSettings;
import io.waybill.ledger.Backups;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Retention;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
        sentLongAgo();
    }

    private void sentLongAgo() throws SQLException {
        change("UPDATE outbox SET state = 'SENT', due = CURRENT_TIMESTAMP - INTERVAL '91' DAY,"
                + " sent_at = CURRENT_TIMESTAMP - INTERVAL '91' DAY");
    }

    private void change(String sql) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.createStatement().execute(sql);
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

    @Test
    void a_round_whose_time_is_up_leaves_the_rest_to_the_next_and_what_comes_behind_has_its_turn() throws Exception {
        ledger.commitAll(tx -> {
            OrderRow row = tx.orders().find(order, Namespaces.ALL).orElseThrow();
            for (int i = 0; i < 700; i++) {
                tx.events().emit(row, null, "tracking.updated", JsonNodeFactory.instance.objectNode());
            }
        });
        sentLongAgo();
        Path archived = Files.createDirectories(folder.resolve("files/archive")).resolve("orders.csv");
        Files.writeString(archived, "order");
        Files.setLastModifiedTime(archived, FileTime.from(Instant.now().minus(Duration.ofDays(91))));
        String all = KEPT + "\nretention.documents=90d";

        round(all, duty -> true);
        assertThat(told()).isNotEmpty().hasSizeLessThan(701);
        assertThat(archived).doesNotExist();

        round(all, duty -> true);
        assertThat(told()).isEmpty();
    }

    @Test
    void the_first_of_many_persons_to_be_forgotten_go_in_one_round_and_the_rest_at_the_next() throws Exception {
        OrdersWithEvents many = new OrdersWithEvents(ledger);
        for (int i = 2; i < 130; i++) {
            many.order("SO-" + i);
        }
        change("UPDATE orders SET updated_at = updated_at - INTERVAL '91' DAY");

        round("retention.personal=90d", duty -> true);
        assertThat(many.ids()).anyMatch(this::isErased).anyMatch(id -> !isErased(id));

        round("retention.personal=90d", duty -> true);
        assertThat(many.ids()).allMatch(this::isErased);
    }

    @Test
    void round_follows_round_until_all_is_forgotten_that_was_kept_long_enough() throws Exception {
        OrdersWithEvents many = new OrdersWithEvents(ledger);
        for (int i = 2; i < 330; i++) {
            many.order("SO-" + i);
        }
        change("UPDATE orders SET updated_at = updated_at - INTERVAL '91' DAY");

        forget("retention.personal=90d", duty -> true, Duration.ZERO);

        assertThat(many.ids()).allMatch(this::isErased);
    }

    @Test
    void nobody_is_forgotten_by_a_node_while_another_has_the_duty() throws Exception {
        change("UPDATE orders SET updated_at = updated_at - INTERVAL '91' DAY");

        forget("retention.personal=90d", duty -> false, Duration.ofMinutes(1));

        assertThat(isErased(order)).isFalse();
    }

    private boolean isErased(String id) {
        return ledger.<Boolean>read(tx -> tx.erasure().isErased(id));
    }

    private void forget(String retention, Predicate<String> duties) {
        forget(retention, duties, Duration.ofMinutes(1));
    }

    private void forget(String retention, Predicate<String> duties, Duration turn) {
        try (Housekeeping housekeeping = housekeeping(retention, duties, turn)) {
            housekeeping.forget();
        }
    }

    /** In which every kind has one step. */
    private void round(String retention, Predicate<String> duties) {
        try (Housekeeping housekeeping = housekeeping(retention, duties, Duration.ZERO)) {
            housekeeping.round();
        }
    }

    private Housekeeping housekeeping(String retention, Predicate<String> duties, Duration turn) {
        Retention keep = Retention.read(Settings.of(retention).section("retention"));
        Backups backups = new Backups(ledger, new BackupSettings(Duration.ZERO, folder.resolve("backups"), 1));
        return new Housekeeping(ledger, backups, keep, folder.resolve("files"), duties, turn);
    }

    private List<DeliveryBook.Row> told() {
        return ledger.read(tx -> tx.deliveries().of(order));
    }
}
