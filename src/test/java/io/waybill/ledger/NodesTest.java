package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.problem.ProblemException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several nodes on one PostgreSQL: who does what, and what becomes of the work of one that is gone. */
class NodesTest {
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofHours(1);

    private static Database database;
    private static Ledger ledger;

    private final AtomicInteger takenOver = new AtomicInteger();
    private final java.util.Deque<AutoCloseable> open = new java.util.ArrayDeque<>();

    @BeforeAll
    static void open() {
        database = Stores.postgres();
        ledger = Ledger.open(database, (namespace, type) -> List.of());
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @AfterEach
    void leave() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void a_duty_is_one_nodes_at_a_time_until_it_stands_down_or_leaves() {
        Membership one = join("one");
        Membership two = join("two");

        assertThat(one.has("clock")).isTrue();
        assertThat(two.has("clock")).isFalse();
        assertThat(two.has("folder")).isTrue();

        await().until(() -> one.living().keySet().containsAll(List.of("one", "two")));

        one.standDown();
        assertThat(one.has("clock")).isFalse();
        await().until(() -> two.has("clock"));

        one.standUp();
        assertThat(one.has("clock")).isFalse();
        two.close();
        await().until(() -> one.has("clock") && one.has("folder"));
        assertThat(two.has("clock")).isFalse();
        assertThat(two.isMember()).isFalse();
    }

    @Test
    void what_a_dead_node_had_claimed_is_free_at_once() throws Exception {
        NodeSession dying = dying("dying");
        String file = claim("dying", "dying").orElseThrow().id();
        String invoices = claimInvoices("dying", "dying").orElseThrow().id();
        join("heir");
        assertThat(claim("dying", "heir")).as("while it lives").isEmpty();
        assertThat(claimInvoices("dying", "heir")).as("while it lives").isEmpty();

        dying.close();

        await().until(() ->
                ledger.read(tx -> tx.nodes().find("dying")).orElseThrow().stoppedAt() != null);
        assertThat(claim("dying", "heir")).map(FileRow::id).contains(file);
        assertThat(claimInvoices("dying", "heir")).map(InvoiceFileBook.Row::id).contains(invoices);
        await().untilAsserted(() -> assertThat(takenOver).hasPositiveValue());
    }

    @Test
    void a_node_that_says_nothing_loses_its_session_and_knows_it() throws Exception {
        Membership other = join("other");
        NodeSession still = NodeSession.open(database, "still", Duration.ofSeconds(2));
        open.push(still);
        assertThat(still.tryLock("duty quiet")).isTrue();
        assertThat(other.has("quiet")).isFalse();

        await().until(() -> other.has("quiet"));

        assertThatThrownBy(still::require).isInstanceOf(SQLException.class);
    }

    @Test
    void what_a_node_that_stands_still_has_locked_is_free_after_a_while_and_it_finds_its_connection_gone()
            throws Exception {
        CountDownLatch goesOn = new CountDownLatch(1);
        try (HikariDataSource pool = database.open();
                Connection own = pool.getConnection()) {
            assertThat(shown(own)).isEqualTo("1min");
        }
        Database hasty = new Database(
                database.url() + "?options=-c%20idle_in_transaction_session_timeout=2s",
                database.user(),
                database.password());
        ledger.commitAll(tx -> tx.nodes().name("locked"));
        try (Ledger paused = Ledger.open(hasty, (namespace, type) -> List.of())) {
            CompletableFuture<Instant> held = new CompletableFuture<>();
            CompletableFuture<Instant> work = CompletableFuture.supplyAsync(() -> paused.commit(tx -> {
                tx.nodes().join("locked", "run", "test");
                held.complete(tx.now());
                wait(goesOn);
                return tx.now();
            }));
            CompletableFuture.anyOf(held, work).join();

            ledger.commitAll(tx -> tx.nodes().join("locked", "another", "test"));
            goesOn.countDown();

            assertThatThrownBy(work::join)
                    .satisfies(
                            failed -> assertThat(LedgerFailure.isGone(failed)).isTrue());
        }
    }

    private static void wait(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(Connection connection) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("SHOW idle_in_transaction_session_timeout")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void a_node_whose_session_broke_joins_again_and_takes_its_duties_back() {
        Membership one = join("broken");
        assertThat(one.has("work")).isTrue();

        Stores.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'waybill broken'"
                        + " AND datname = '" + Stores.name(database) + "'");

        await().until(() ->
                ledger.read(tx -> tx.nodes().find("broken")).orElseThrow().epoch() == 2);
        await().until(() -> one.isMember() && one.has("work"));
    }

    @Test
    void a_second_node_of_a_name_is_refused_in_a_sentence() {
        join("twin");

        assertThatThrownBy(() -> join("twin"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("a node called twin works on this database already");
    }

    @Test
    void a_hub_in_another_schema_of_the_database_is_told_and_refused_where_its_node_has_the_same_name() {
        Database shared = Stores.postgres();
        Stores.execute(shared, "CREATE SCHEMA other");
        Database other = new Database(shared.url() + "?currentSchema=other", shared.user(), shared.password());
        try (Ledger one = Ledger.open(shared, Subscriptions.NONE);
                Ledger two = Ledger.open(other, Subscriptions.NONE);
                Membership first = Nodes.join(one, identity("first"), takenOver::incrementAndGet, () -> {});
                Membership second = Nodes.join(one, identity("second"), takenOver::incrementAndGet, () -> {})) {
            assertThat(first.isMember() && second.isMember()).isTrue();
            assertThat(one.<List<String>>read(tx -> tx.nodes().elsewhere())).isEmpty();
            assertThat(two.<List<String>>read(tx -> tx.nodes().elsewhere())).containsExactly("first", "second");

            assertThatThrownBy(() -> Nodes.join(two, identity("first"), () -> {}, () -> {}))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining(
                            "the node first of a hub in another schema works in the database " + other.url());
        }
    }

    @Test
    void a_restart_waits_for_the_session_of_a_run_that_left_and_whose_end_the_server_has_not_seen() throws Exception {
        NodeSession vanished = dying("vanished");
        ledger.commitAll(tx -> tx.nodes()
                .leave("vanished", tx.nodes().find("vanished").orElseThrow().run()));

        CompletableFuture<Membership> again = CompletableFuture.supplyAsync(() -> join("vanished"));
        await().until(() -> again.isDone() || asking("vanished") == 2);
        vanished.close();

        assertThat(again)
                .succeedsWithin(Duration.ofSeconds(20))
                .extracting(Membership::isMember)
                .isEqualTo(true);
    }

    /** Sessions of a node that have asked for a lock. */
    private static int asking(String node) throws SQLException {
        try (HikariDataSource pool = database.open();
                Connection own = pool.getConnection();
                ResultSet row = own.createStatement()
                        .executeQuery("SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'idle'"
                                + " AND query LIKE '%pg_try_advisory_lock%' AND application_name = 'waybill " + node
                                + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void a_node_is_gone_once_it_neither_lives_nor_died_nor_left_a_moment_ago() throws Exception {
        Membership leaving = join("leaving");
        NodeSession dying = dying("dies");
        join("stays");
        assertThat(isGone("leaving", Duration.ZERO)).isFalse();
        assertThat(isGone("dies", Duration.ZERO)).isFalse();

        leaving.close();
        dying.close();

        await().until(() -> isGone("leaving", Duration.ZERO));
        assertThat(isGone("leaving", LEASE)).isFalse();
        await().until(() -> isGone("dies", Duration.ZERO));
        assertThat(isGone("dies", LEASE)).isFalse();
        assertThat(isGone("stays", Duration.ZERO)).isFalse();
        assertThat(isGone("nobody's", LEASE)).isTrue();
    }

    private static boolean isGone(String node, Duration patience) {
        return ledger.read(tx -> tx.nodes().isGone(node, patience));
    }

    @Test
    void what_an_earlier_run_of_a_node_had_claimed_is_free_when_it_joins() throws Exception {
        dying("phoenix").close();
        claim("phoenix", "phoenix");

        join("phoenix");

        assertThat(claim("phoenix", "another")).isPresent();
    }

    @Test
    void an_embedded_database_has_one_node_that_does_everything() {
        Membership alone = Membership.alone("node-1", "1.0");

        assertThat(alone.has("anything")).isTrue();
        assertThat(alone.isMember()).isTrue();
        assertThat(alone.living()).containsExactly(Map.entry("node-1", "1.0"));
    }

    private Membership join(String name) {
        Membership joined = Nodes.join(ledger, identity(name), takenOver::incrementAndGet, () -> {});
        open.push(joined);
        return joined;
    }

    private static Nodes.Identity identity(String name) {
        return new Nodes.Identity(name, Ids.next("node"), "test", SILENCE);
    }

    /** A node that joined and does not beat; closing its session is its death. */
    private NodeSession dying(String name) throws SQLException {
        NodeSession session = NodeSession.open(database, name, SILENCE);
        open.push(session);
        assertThat(session.tryLock("node " + name)).isTrue();
        Optional<String> earlier = ledger.commit(tx -> tx.nodes().join(name, Ids.next("node"), "test"));
        assertThat(earlier).isEmpty();
        return session;
    }

    private static Optional<InvoiceFileBook.Row> claimInvoices(String account, String node) {
        InvoiceFileBook.Drop drop = new InvoiceFileBook.Drop(account, "ups", "bill.csv", "0".repeat(64), "Ada");
        return ledger.commit(tx -> tx.invoiceFiles().claim(drop, node, LEASE));
    }

    private static Optional<FileRow> claim(String source, String node) {
        FileBook.Drop drop = new FileBook.Drop(source, "orders", "0".repeat(64), "orders.csv", 1, null);
        return ledger.commit(tx -> tx.files().claim(drop, node, LEASE));
    }
}
