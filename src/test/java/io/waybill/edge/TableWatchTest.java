package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.Feed;
import io.waybill.batch.ShopTaker;
import io.waybill.connectors.Cell;
import io.waybill.connectors.Connector;
import io.waybill.connectors.Shows;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.problem.Problem;
import java.net.ConnectException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Rows that are marked, or whose status changes, while their database goes away and comes back. */
@Connector(system = "ERP by SQL", page = "erp-sql.md")
class TableWatchTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final JdbcDataSource database = new JdbcDataSource();
    private final List<Problem> silences = new CopyOnWriteArrayList<>();
    private final AtomicInteger heard = new AtomicInteger();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<Problem> unmarked = new CopyOnWriteArrayList<>();
    private final AtomicInteger marked = new AtomicInteger();
    private final Marks marks = new Marks();
    private volatile @Nullable SQLException trouble;
    private volatile boolean deadlock;
    private volatile @Nullable SQLException refused;

    @BeforeEach
    void table() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        erp("CREATE TABLE t (id VARCHAR(9) PRIMARY KEY)");
        erp("INSERT INTO t VALUES ('first')");
    }

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>(); // routes go on telling while it is read
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() {
        root.detachAppender(log);
        camel.stop();
    }

    @Test
    @Shows(Cell.BROKEN)
    void a_database_that_stays_away_is_told_to_a_person_until_it_answers_again() throws Exception {
        start("source.erp", Duration.ofMillis(300));
        await().untilAsserted(() -> assertThat(heard).hasValue(1));
        assertThat(taken).containsExactly("first");

        trouble = new SQLException("no connection", "08001", new ConnectException("Connection refused"));
        await().untilAsserted(() -> assertThat(silences).isNotEmpty());
        assertThat(silences.get(0).code()).isEqualTo("database-away");
        assertThat(silences.get(0).toString()).contains("Connection refused");
        assertThat(log.list).noneMatch(line -> line.getThrowableProxy() != null);
        erp("INSERT INTO t VALUES ('second')");

        trouble = null;
        await().untilAsserted(() -> assertThat(taken).containsExactly("first", "second"));
        await().untilAsserted(() -> assertThat(heard).hasValue(2));
    }

    @Test
    void a_database_that_is_away_for_a_moment_is_told_to_nobody() throws Exception {
        trouble = new SQLException("no connection", "08001");
        AtomicInteger asked = start("source.erp", Duration.ofMinutes(15));
        await().until(() -> asked.get() > 2);

        trouble = null;

        await().untilAsserted(() -> assertThat(taken).containsExactly("first"));
        assertThat(silences).isEmpty();
    }

    @Test
    void a_database_that_has_no_connection_left_is_away_whatever_state_it_says() throws Exception {
        SQLException full = new SQLException("more than max_user_connections", "42000", 1226);
        trouble = new SQLTransientConnectionException("Connection is not available", full);
        start("source.erp", Duration.ofMillis(300));

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("database-away");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source.erp", "source.erp.packing"})
    void a_database_that_lets_nobody_in_is_told_at_once(String route) throws Exception {
        trouble = new SQLException("timed out", "28000", new SQLException("wrong password", "28000"));
        start(route, Duration.ofMinutes(15));

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("database-locked");
        assertThat(silences.get(0).hint(Locale.ENGLISH)).contains("datasource.erp");
    }

    @ParameterizedTest
    @CsvSource({
        "S0001, 18456, database-locked",
        "72000, 1017, database-locked",
        "99999, 28000, database-locked",
        "S0002, 208, database-refuses",
        "S0001, 207, database-refuses",
        "S0005, 229, database-refuses",
        "S0001, 4104, database-refuses"
    })
    void what_sql_server_and_oracle_say_by_number_is_told_at_once_too(String state, int number, String code)
            throws Exception {
        trouble = new SQLException("refused", state, number);
        start("source.erp", Duration.ofMinutes(15));

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo(code);
    }

    @Test
    void a_lock_that_sql_server_waited_for_too_long_is_no_refusal() throws Exception {
        trouble = new SQLException("Lock request time out period exceeded", "S00051", 1222);
        start("source.erp", Duration.ofMillis(300));

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("database-away");
    }

    @Test
    void a_mark_that_names_a_column_which_sql_server_does_not_have_is_told_at_once() throws Exception {
        refused = new SQLException("Invalid column name 'waybill_taken'.", "S0001", 207);
        start("source.erp", Duration.ofMinutes(15));

        await().untilAsserted(() -> assertThat(unmarked).isNotEmpty());
    }

    @Test
    void a_query_that_does_not_fit_its_table_is_told_at_once_and_logged_once_until_it_changes_or_ends()
            throws Exception {
        erp("ALTER TABLE t RENAME TO elsewhere");
        AtomicInteger asked = start("source.erp", Duration.ofMinutes(15));
        await().until(() -> asked.get() > 4);

        assertThat(silences).isNotEmpty();
        assertThat(silences.get(0).code()).isEqualTo("database-refuses");
        assertThat(silences.get(0).sentence(Locale.ENGLISH)).contains("the database erp", "\"T\" not found");
        assertThat(logged("source erp")).hasSize(1);

        erp("CREATE TABLE t (other VARCHAR(9))");
        await().untilAsserted(() -> assertThat(logged("source erp")).hasSize(2));
        erp("DROP TABLE t");
        erp("ALTER TABLE elsewhere RENAME TO t");
        await().untilAsserted(() -> assertThat(taken).containsExactly("first"));
        await().untilAsserted(
                        () -> assertThat(logged("source erp: it answers again")).hasSize(1));
    }

    private List<String> logged(String words) {
        return log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains(words))
                .toList();
    }

    @Test
    void rows_that_a_constraint_keeps_from_being_marked_are_told_at_once_and_until_all_are() throws Exception {
        erp("CREATE TABLE kept (id VARCHAR(9) REFERENCES t(id))");
        erp("INSERT INTO kept VALUES ('first')");
        start("source.erp", Duration.ofMinutes(15));

        await().untilAsserted(() -> assertThat(unmarked).hasSize(1));
        assertThat(unmarked.get(0).code()).isEqualTo("row-unmarked");
        assertThat(unmarked.get(0).sentence(Locale.ENGLISH)).contains("the row first", "KEPT");
        assertThat(marked).hasValue(0);
        erp("INSERT INTO t VALUES ('second')");
        await().until(() -> taken.contains("second"));
        assertThat(marked).as("one is marked, and the other is not").hasValue(0);

        erp("DROP TABLE kept");
        await().untilAsserted(() -> assertThat(marked).hasValue(1));
        assertThat(unmarked).hasSize(1);
    }

    @Test
    void why_a_row_cannot_be_marked_is_told_without_what_stands_in_it() throws Exception {
        refused = new SQLException(
                "ERROR: new row violates check constraint \"known_status\"\n  Detail: Failing row contains (SO-1, Canaria).",
                "23514");
        start("source.erp", Duration.ofMinutes(15));

        await().untilAsserted(() -> assertThat(unmarked).isNotEmpty());

        assertThat(unmarked.get(0).sentence(Locale.ENGLISH)).contains("known_status");
        assertThat(unmarked.get(0).toString()).doesNotContain("Canaria");
    }

    @Test
    void a_mark_that_fails_for_a_moment_is_told_nobody() throws Exception {
        deadlock = true;
        start("source.erp", Duration.ofMinutes(15));
        await().until(() -> taken.size() > 3);

        deadlock = false;

        await().untilAsserted(() -> assertThat(new JdbcTemplate(database).queryForList("SELECT id FROM t"))
                .isEmpty());
        assertThat(unmarked).isEmpty();
    }

    @Test
    void a_mark_that_goes_on_failing_is_told_a_person_until_it_succeeds() throws Exception {
        deadlock = true;
        start("source.erp", Duration.ofMillis(500));

        await().untilAsserted(() -> assertThat(unmarked).hasSize(1));
        deadlock = false;
        await().untilAsserted(() -> assertThat(marked).hasValue(1));
    }

    @Test
    void a_row_without_a_key_is_told_at_once_and_until_it_has_one(@TempDir Path data) throws Exception {
        erp("CREATE TABLE view_of_orders (id VARCHAR(9), city VARCHAR(9))");
        erp("INSERT INTO view_of_orders VALUES (NULL, 'Bonn')");
        ShopTaker shop = new ShopTaker();
        Ledger ledger = port(data, shop, "SELECT id, id AS order_no, city FROM view_of_orders");
        camel.start();
        new Consumers(camel, each -> true, new Told(), marks, Duration.ofMinutes(15));

        await().untilAsserted(() -> assertThat(unmarked).hasSize(1));
        assertThat(unmarked.get(0).code()).isEqualTo("missing-key-column");

        erp("UPDATE view_of_orders SET id = 'V1'");
        await().untilAsserted(() -> assertThat(marked).hasValue(1));
        camel.stop();
        ledger.close();
    }

    @Test
    void rows_that_lack_what_their_mapping_needs_stay_unmarked_and_are_told_at_once_until_the_query_reads_it(
            @TempDir Path data) throws Exception {
        erp("CREATE TABLE orders (id VARCHAR(9), city VARCHAR(9))");
        erp("INSERT INTO orders VALUES ('V1', 'Bonn'), ('V2', 'Köln')");
        erp("CREATE VIEW view_of_orders AS SELECT id, city FROM orders");
        ShopTaker shop = new ShopTaker();
        Ledger ledger = port(data, shop, "SELECT v.* FROM view_of_orders v");
        camel.start();
        new Consumers(camel, each -> true, new Told(), marks, Duration.ofMinutes(15));

        await().untilAsserted(() -> assertThat(unmarked).hasSize(1));
        assertThat(unmarked.get(0).code()).isEqualTo("row-columns-missing");
        assertThat(unmarked.get(0).sentence(Locale.ENGLISH)).contains("source erp", "order_no", "id, city");
        assertThat(shop.asked).isZero();
        assertThat(taken).as("nothing is marked").isEmpty();
        assertThat(log.list)
                .as("one a look, not one a row")
                .noneMatch(line -> line.getFormattedMessage().contains("row V2"));

        erp("CREATE OR REPLACE VIEW view_of_orders AS SELECT id, id AS order_no, city FROM orders");
        await().untilAsserted(() -> assertThat(marked).hasValue(1));
        assertThat(shop.orders).containsOnlyKeys("V1", "V2");
        assertThat(taken).contains("V1", "V2");
        camel.stop();
        ledger.close();
    }

    private Ledger port(Path data, ShopTaker shop, String query) throws Exception {
        Ledger ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
        camel.addRoutes(new OrdersPort(
                new Batch(ledger, shop, Archive.in(data), "node-1"),
                shop,
                (source, mapping, format, channel) ->
                        new Feed("orders", source, "acme", channel, mapping, Reading.of(Format.ROW), Locale.ENGLISH),
                marks));
        camel.getRegistry().bind("erp", DataSource.class, database);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sql:" + query + "?dataSource=#erp&delay=50&initialDelay=10")
                        .routeId("source.erp")
                        .setProperty("source", constant("erp"))
                        .setProperty("keyColumn", constant("id"))
                        .to(OrdersPort.URI)
                        .process(exchange -> taken.add(exchange.getProperty("key", String.class)));
            }
        });
        return ledger;
    }

    private void erp(String sql) {
        new JdbcTemplate(database).execute(sql);
    }

    /** @return how often a connection was asked for */
    private AtomicInteger start(String route, Duration patience) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        camel.getRegistry().bind("erp", DataSource.class, new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                asked.incrementAndGet();
                SQLException now = trouble;
                if (now != null) {
                    throw now;
                }
                return super.getConnection();
            }
        });
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("sql:SELECT id FROM t ORDER BY id?dataSource=#erp&delay=50&initialDelay=10")
                        .routeId(route)
                        .setBody(simple("${body[ID]}"))
                        .process(exchange -> taken.add(exchange.getMessage().getBody(String.class)))
                        .process(exchange -> {
                            marks.taken(exchange, "erp", exchange.getMessage().getBody(String.class));
                            if (refused != null) {
                                throw new IllegalStateException(refused);
                            }
                            if (deadlock) {
                                throw new SQLException("deadlock", "40001");
                            }
                        })
                        .to("sql:DELETE FROM t WHERE id = :#${body}?dataSource=#erp");
            }
        });
        camel.start();
        new Consumers(camel, each -> true, new Told(), marks, patience);
        return asked;
    }

    private final class Told extends NoPositions {
        @Override
        public void silent(String source, Problem why) {
            assertThat(source).isEqualTo("erp");
            silences.add(why);
        }

        @Override
        public void heard(String source) {
            heard.incrementAndGet();
        }

        @Override
        public void unmarked(String source, Problem why) {
            unmarked.add(why);
        }

        @Override
        public void marked(String source) {
            marked.incrementAndGet();
        }
    }
}
