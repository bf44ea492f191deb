package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.faults.ChildJvm;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
    @TempDir
    Path folder;

    @Test
    void a_commit_that_returned_survives_a_kill_and_one_process_has_the_file() throws Exception {
        Path log = folder.resolve("child.log");
        Stores.h2(folder); // else the child would build one
        try (ChildJvm child = ChildJvm.start(Committer.class, log, Map.of(), folder.toString())) {
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> committed(log).size() >= 200);
            assertThatThrownBy(() -> Ledger.open(Stores.h2(folder), Subscriptions.NONE))
                    .isInstanceOf(ProblemException.class)
                    .satisfies(problem -> assertThat(codes(problem)).containsExactly("ledger-in-use"));
            child.kill();
        }

        List<String> told = committed(log);
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            List<String> lost = told.stream()
                    .filter(key ->
                            ledger.read(tx -> tx.inbox().find("test", key)).isEmpty())
                    .toList();
            assertThat(told).hasSizeGreaterThanOrEqualTo(200);
            assertThat(lost).isEmpty();
        }
    }

    @Test
    void a_database_that_is_away_at_the_start_is_told_in_a_sentence() {
        Database nobody = new Database("jdbc:postgresql://127.0.0.1:1/waybill", "waybill", "x");

        assertThatThrownBy(() -> Ledger.open(nobody, Subscriptions.NONE))
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("ledger-unreachable"))
                .hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void a_database_that_falls_silent_is_given_up_and_counts_as_gone() throws Exception {
        Database real = Stores.postgres();
        Database impatient = new Database(real.url() + "?socketTimeout=1", real.user(), real.password());

        try (HikariDataSource pool = impatient.open();
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet name = statement.executeQuery("SHOW application_name")) {
                assertThat(name.next()).isTrue();
                assertThat(name.getString(1)).isEqualTo("waybill");
            }
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)")).matches(LedgerFailure::isGone);
        }
    }

    @Test
    void a_connection_to_a_server_that_only_reads_any_more_counts_as_gone_and_is_given_up() throws Exception {
        try (HikariDataSource pool = Stores.postgres().open()) {
            long reading;
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
                reading = backend(statement);
                assertThatThrownBy(() -> statement.execute("UPDATE orders SET revision = 2"))
                        .matches(LedgerFailure::isGone);
            }
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(backend(statement)).isNotEqualTo(reading);
                assertThat(statement.executeUpdate("UPDATE orders SET revision = 2"))
                        .isZero();
            }
        }
    }

    @Test
    void what_a_role_says_of_its_transactions_changes_nothing() throws Exception {
        Database database = Stores.postgres();
        try (HikariDataSource pool = database.open();
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + connection.getCatalog()
                    + " SET default_transaction_isolation = 'serializable'");
        }

        try (HikariDataSource pool = database.open();
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW transaction_isolation")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("read committed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock_timeout", "statement_timeout"})
    void what_a_server_gives_up_that_waited_for_another_is_done_once_that_one_is_through(String timeout) {
        Database real = Stores.postgres();
        Database impatient =
                new Database(real.url() + "?options=-c%20" + timeout + "=300ms", real.user(), real.password());
        AtomicInteger tries = new AtomicInteger();
        try (Ledger ledger = Ledger.open(real, Subscriptions.NONE);
                Ledger other = Ledger.open(impatient, Subscriptions.NONE)) {
            ledger.commitAll(tx -> tx.nodes().name("one"));

            CompletableFuture<Void> waited = ledger.commit(tx -> {
                tx.nodes().join("one", "run", "1");
                CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> other.commitAll(beside -> {
                    tries.incrementAndGet();
                    beside.nodes().join("one", "another", "1");
                }));
                await().until(() -> tries.get() > 1 || waits.isDone());
                return waits;
            });

            assertThat(waited).succeedsWithin(Duration.ofSeconds(10));
            assertThat(ledger.read(tx -> tx.nodes().find("one")).orElseThrow().run())
                    .isEqualTo("another");
        }
    }

    private static long backend(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void one_in_the_data_folder_that_cannot_be_opened_is_told_by_its_file_and_in_the_words_of_the_system()
            throws IOException {
        Path file = Files.createDirectories(folder.resolve("data/waybill.mv.db"));

        assertThatThrownBy(() -> Ledger.open(Database.embedded(file.getParent()), Subscriptions.NONE))
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("ledger-unreachable"))
                .hasMessageContaining("the database " + file + " cannot be opened")
                .hasMessageContaining("its disk has room")
                .message()
                .doesNotContain("jdbc:h2", "90028", "90031");
    }

    @Test
    void a_server_that_only_reads_is_not_connected_to() {
        Database standby = Stores.postgres();
        Stores.execute("ALTER DATABASE " + Stores.name(standby) + " SET default_transaction_read_only = on");

        assertThatThrownBy(() -> Ledger.open(standby, Subscriptions.NONE))
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("ledger-unreachable"));
        assertThatThrownBy(() -> StoreDurability.of(standby))
                .as("by the check before it")
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("ledger-unreachable"));
    }

    @Test
    void a_database_that_does_not_wait_for_its_disk_is_refused() {
        Database hasty = Stores.postgres();
        Stores.execute("ALTER DATABASE " + Stores.name(hasty) + " SET synchronous_commit = off");

        assertThatThrownBy(() -> Ledger.open(hasty, Subscriptions.NONE))
                .satisfies(problem -> assertThat(codes(problem)).containsExactly("ledger-not-durable"))
                .hasMessageContaining("synchronous_commit");

        Database forced = new Database(hasty.url(), hasty.user(), hasty.password(), true);
        try (Ledger ledger = Ledger.open(forced, Subscriptions.NONE)) {
            assertThat(ledger.database().forced()).isTrue();
        }
    }

    @Test
    void each_setting_by_which_a_commit_can_be_lost_is_named() {
        assertThat(new StoreDurability("on", "on", "on", "", "UTF8", "public", "").problems())
                .isEmpty();
        assertThat(new StoreDurability("local", "on", "on", "", "UTF8", "public", "").problems())
                .isEmpty();
        assertThat(new StoreDurability("local", "on", "on", "replica", "UTF8", "public", "").problems())
                .hasSize(1);
        assertThat(new StoreDurability("off", "off", "off", "", "UTF8", "public", "").problems())
                .extracting(problem -> problem.values().get("setting"))
                .containsExactly("synchronous_commit", "fsync", "full_page_writes");
        assertThat(StoreDurability.of(Stores.postgres()).problems()).isEmpty();
    }

    private static List<String> codes(Throwable problem) {
        return ((ProblemException) problem)
                .problems().stream().map(each -> each.code()).toList();
    }

    /** Whole lines only: the last one may be torn. */
    private static List<String> committed(Path log) throws java.io.IOException {
        String text = Files.exists(log) ? Files.readString(log) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith("row-"))
                .toList();
    }

    /** Commits rows from four threads, says each when its commit has returned, and never ends. */
    static final class Committer {
        private Committer() {}

        public static void main(String[] arguments) {
            Ledger ledger = Ledger.open(Stores.h2(Path.of(arguments[0])), Subscriptions.NONE);
            IntStream.rangeClosed(1, 4).forEach(thread -> new Thread(() -> commit(ledger, thread)).start());
        }

        private static void commit(Ledger ledger, int thread) {
            for (int i = 0; ; i++) {
                String key = "row-" + thread + "-" + i;
                ledger.commitAll(tx -> tx.inbox().put("test", key, new InboxBook.Entry("sha", null, "ACCEPTED", null)));
                System.out.println(key);
            }
        }
    }
}
