package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.connectors.Cell;
import io.waybill.connectors.Connector;
import io.waybill.connectors.Shows;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows by their number, on H2: who lets nobody in, and where a source stands. */
@Connector(system = "ERP by SQL", page = "erp-sql.md")
class NumberedRowsTest {
    private static final long SETTLE = 300;

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final List<Long> taken = new CopyOnWriteArrayList<>();
    private final List<Problem> silences = new CopyOnWriteArrayList<>();
    private final Map<String, Long> numbers = new ConcurrentHashMap<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private String query = "SELECT id FROM t WHERE id > :since ORDER BY id";
    private volatile LongConsumer handling = id -> {};

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    @Shows(value = Cell.CREDENTIALS, by = "sequence")
    void a_database_that_lets_nobody_in_is_told_to_a_person_at_once() throws Exception {
        rows(1);
        start("wrong");

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("database-locked");
        assertThat(taken).isEmpty();
    }

    @Test
    void many_rows_are_read_page_by_page_and_the_position_is_kept() throws Exception {
        rows(25);
        start("right");

        await().untilAsserted(() -> assertThat(numbers).containsEntry("erp", 25L));

        assertThat(taken).hasSize(22).startsWith(4L).doesNotHaveDuplicates();
    }

    @Test
    void a_row_that_is_committed_while_the_rest_of_a_poll_takes_longer_than_it_settles_is_taken() throws Exception {
        rows(7);
        JdbcTemplate erp = new JdbcTemplate(database("right"));
        erp.update("DELETE FROM t WHERE id = 5");
        handling = id -> {
            if (id == 7) {
                erp.update("INSERT INTO t VALUES (5)");
                LockSupport.parkNanos(2 * Duration.ofMillis(SETTLE).toNanos());
            }
        };
        start("right");

        await().untilAsserted(() -> assertThat(numbers).containsEntry("erp", 7L));

        assertThat(taken).containsExactly(4L, 6L, 7L, 5L);
    }

    @Test
    void a_row_without_a_number_is_told_to_a_person_at_once() throws Exception {
        JdbcTemplate erp = new JdbcTemplate(database("right"));
        erp.execute("CREATE TABLE t (id VARCHAR(9))");
        erp.update("INSERT INTO t VALUES ('9x')");
        query = "SELECT id FROM t WHERE :since < 9";
        start("right");

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("row-not-numbered");
        assertThat(silences.get(0).toString()).contains("9x");
    }

    @Test
    void a_number_with_a_fraction_is_told_to_a_person_at_once_and_one_of_noughts_is_none() throws Exception {
        JdbcTemplate erp = new JdbcTemplate(database("right"));
        erp.execute("CREATE TABLE t (id DECIMAL(9, 1))");
        erp.update("INSERT INTO t VALUES (9.0), (10.0)");
        start("right");
        await().untilAsserted(() -> assertThat(numbers).containsEntry("erp", 10L));

        erp.update("INSERT INTO t VALUES (11.1)");

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());
        assertThat(silences.get(0).code()).isEqualTo("row-not-numbered");
        assertThat(silences.get(0).toString()).contains("11.1");
        assertThat(taken).containsExactly(9L, 10L);
    }

    @Test
    void rows_that_lack_what_their_mapping_needs_are_told_to_a_person_at_once_and_none_is_passed_over()
            throws Exception {
        rows(5);
        handling = id -> {
            throw new ProblemException(Problem.of(PortCode.ROW_COLUMNS_MISSING, "source", "erp"));
        };
        start("right");

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("row-columns-missing");
        assertThat(numbers).isEmpty();
    }

    @Test
    void two_rows_of_one_number_are_told_to_a_person_at_once_and_none_is_passed_over() throws Exception {
        JdbcTemplate erp = new JdbcTemplate(database("right"));
        erp.execute("CREATE TABLE t (id BIGINT, sku VARCHAR(9))");
        erp.update("INSERT INTO t VALUES (4, 'MUG'), (5, 'CAP'), (5, 'TEE')");
        query = "SELECT id, sku FROM t WHERE id > :since ORDER BY id";
        start("right");

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("row-number-twice");
        assertThat(silences.get(0).toString()).contains("5");
        assertThat(taken).isEmpty();
        assertThat(numbers).isEmpty();
    }

    @Test
    void two_rows_of_one_number_where_a_page_ends_between_them_are_told_and_none_is_passed_over() throws Exception {
        JdbcTemplate erp = new JdbcTemplate(database("right"));
        erp.execute("CREATE TABLE t (id BIGINT, sku VARCHAR(9))");
        for (int id = 4; id <= 12; id++) {
            erp.update("INSERT INTO t VALUES (?, 'MUG')", id);
        }
        erp.update("INSERT INTO t VALUES (13, 'CAP'), (13, 'TEE')");
        query = "SELECT id, sku FROM t WHERE id > :since ORDER BY id";
        start("right");

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("row-number-twice");
        assertThat(taken).containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(numbers).containsEntry("erp", 12L);
    }

    @Test
    void more_rows_than_are_read_at_a_time_in_another_order_are_told_to_a_person_at_once_and_none_is_passed_over()
            throws Exception {
        rows(25);
        query = "SELECT id FROM t WHERE id > :since ORDER BY id DESC";
        start("right");

        await().untilAsserted(() -> assertThat(silences).isNotEmpty());

        assertThat(silences.get(0).code()).isEqualTo("rows-unordered");
        assertThat(taken).isEmpty();
        assertThat(numbers).isEmpty();
    }

    private void rows(int count) {
        JdbcTemplate erp = new JdbcTemplate(database("right"));
        erp.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
        for (int id = 1; id <= count; id++) {
            erp.update("INSERT INTO t VALUES (?)", id);
        }
    }

    private JdbcDataSource database(String password) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(url);
        database.setUser("erp");
        database.setPassword(password);
        return database;
    }

    private void start(String password) throws Exception {
        camel.getRegistry().bind("erp", database(password));
        Verbs.Doors doors = new Verbs.Doors(new Remembered(), shipment -> List.of(), null, Path.of("work"));
        Verbs.register(
                camel,
                Settings.of("source.erp.from=3\n"),
                (mapping, json) -> json,
                (name, owner) -> {
                    throw new IllegalStateException("no numbers");
                },
                VerifyVerb.Inbox.FORGETFUL,
                doors);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("waybill-rows:erp?every=100&rows=10&settle=" + SETTLE + "&query=RAW(" + query + ")")
                        .process(exchange -> handle(((Number)
                                        exchange.getMessage().getBody(Map.class).get("id"))
                                .longValue()));
            }
        });
        camel.start();
    }

    private void handle(long id) {
        taken.add(id);
        handling.accept(id);
    }

    private final class Remembered implements Positions {
        @Override
        public Optional<Instant> of(String source) {
            return Optional.empty();
        }

        @Override
        public void move(String source, Instant to) {
            // nobody asks
        }

        @Override
        public Optional<Long> number(String source) {
            return Optional.ofNullable(numbers.get(source));
        }

        @Override
        public void moveNumber(String source, long to) {
            numbers.put(source, to);
        }

        @Override
        public void silent(String source, Problem why) {
            silences.add(why);
        }

        @Override
        public void heard(String source) {
            // nobody asks
        }
    }
}
