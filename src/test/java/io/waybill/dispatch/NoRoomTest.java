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
import io.waybill.carrier.Voids.Voided;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerFailure;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.PlanBook.Plan;
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

/** Carriers are asked, and what comes of that finds no room in the database. */
class NoRoomTest {
    private static final String ATTEMPT = "UPDATE ON purchase_attempt";
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            5,
            Duration.ofSeconds(8));

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8");
    private final Account account = FakeCarrier.account("fake", carrier, Duration.ZERO, false);
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.waybill");
    private final Thread own = Thread.currentThread();
    /** What this test says, which does all itself; a hub of another one may run beside it. */
    private final ListAppender<ILoggingEvent> log = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent line) {
            if (Thread.currentThread() == own) {
                super.append(line);
            }
        }
    };

    private Database database;
    private Ledger ledger;
    private OneOrder order;
    private AttemptRow attempt;

    @BeforeEach
    void open() throws SQLException {
        database = Stores.postgres();
        ledger = Ledger.open(database, (namespace, type) -> List.of());
        order = new OneOrder(ledger, account);
        attempt = order.claim();
        execute("""
                CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left' USING ERRCODE = 'disk_full'; END $$""");
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
        noRoom(ATTEMPT);
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
        noRoom(ATTEMPT);
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
    void the_log_has_no_stack_trace_of_a_look_up() throws SQLException {
        noRoom(ATTEMPT);
        isUnwritten(recovery("node-1"));

        assertThat(log.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Test
    void a_void_is_asked_for_again_and_the_log_has_no_stack_trace_of_it() throws SQLException {
        order.sold(attempt, "F1", List.of());
        carrier.everyVoid = new Voided.Unknown("silence");
        order.voiding.cancel(order.shipment, Namespaces.ALL, null);
        carrier.everyVoid = null;
        ledger.commitAll(tx -> tx.shipments().postpone(order.row(), Duration.ZERO));
        noRoom("INSERT ON story");

        order.voidCalls.askAgain("fake");

        assertThat(log.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDING);
    }

    @Test
    void prices_are_asked_for_again_and_no_person_is_told_that_there_are_none() throws SQLException {
        Plan plan = new Plan(ShipmentState.CHOOSING, null, null, null, "PDF", "4x6", 203, null, null, null, null);
        ledger.commitAll(tx -> tx.plans().begin(order.orderUid, 2, "order", null, plan));
        Choices choices = new Choices(ledger, new Rating(ledger, new Accounts(List.of(account)), SETTINGS), SETTINGS);
        noRoom("INSERT ON quote");

        assertThatThrownBy(choices::makeThoseDue)
                .satisfies(e -> assertThat(LedgerFailure.isGone(e)).isTrue());

        assertThat(order.problems()).isEqualTo("[]");
    }

    private void noRoom(String what) throws SQLException {
        execute("CREATE TRIGGER no_room BEFORE " + what + " EXECUTE FUNCTION no_room()");
    }

    private void isUnwritten(Recovery recovery) {
        assertThatThrownBy(() -> look(recovery))
                .satisfies(e -> assertThat(LedgerFailure.isGone(e)).isTrue());
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
