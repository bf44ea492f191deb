package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Look-ups are begun, and what comes of them finds no room in the database. */
class LookUpUnwrittenTest {
    private static final DispatchSettings SETTINGS = new DispatchSettings(
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            5,
            Duration.ofSeconds(8));

    private final Account account =
            FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8"), Duration.ZERO, false);
    private final Logger logger = (Logger) LoggerFactory.getLogger(Recovery.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Database database;
    private Ledger ledger;
    private OneOrder order;

    @BeforeEach
    void open() throws SQLException {
        database = Stores.postgres();
        ledger = Ledger.open(database, (namespace, type) -> List.of());
        order = new OneOrder(ledger, account);
        order.claim();
        execute("""
                CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left' USING ERRCODE = 'disk_full'; END $$""");
        execute("CREATE TRIGGER no_room BEFORE UPDATE ON purchase_attempt EXECUTE FUNCTION no_room()");
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        ledger.close();
    }

    @Test
    void a_purchase_is_looked_up_again_however_often_that_was_and_no_person_is_told_that_it_ends_the_hub()
            throws SQLException {
        Recovery recovery = recovery("node-1");
        for (int look = 1; look <= 9; look++) {
            isUnwritten(recovery);
        }
        execute("DROP TRIGGER no_room ON purchase_attempt");

        look(recovery);

        assertThat(order.problems()).isEqualTo("[]");
        assertThat(order.row().state()).isEqualTo(ShipmentState.LABELLED);
    }

    @Test
    void nodes_that_take_turns_with_it_do_not_count_each_others() throws SQLException {
        Recovery one = recovery("node-1");
        Recovery other = recovery("node-2");
        for (int look = 1; look <= 9; look++) {
            isUnwritten(one);
            isUnwritten(other);
        }
        execute("DROP TRIGGER no_room ON purchase_attempt");

        look(one);

        assertThat(order.row().state()).isEqualTo(ShipmentState.LABELLED);
    }

    @Test
    void the_log_has_no_stack_trace_of_it() {
        isUnwritten(recovery("node-1"));

        assertThat(log.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
    }

    private void isUnwritten(Recovery recovery) {
        assertThatThrownBy(() -> look(recovery)).satisfies(e -> assertThat(Ledger.isGone(e)).isTrue());
        assertThat(order.row().state()).isEqualTo(ShipmentState.UNKNOWN);
    }

    /** Its lease, of whoever, is over. */
    private void look(Recovery recovery) {
        ledger.commit(tx -> tx.purchases().endLeases("nobody"));
        recovery.settleOpenPurchases("fake");
    }

    private Recovery recovery(String node) {
        Accounts accounts = new Accounts(List.of(account));
        return new Recovery(
                ledger,
                accounts,
                new Recording(ledger, SETTINGS, Outside.REAL, sold -> {}),
                new LookUps(ledger, accounts),
                SETTINGS,
                node,
                done -> {});
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
