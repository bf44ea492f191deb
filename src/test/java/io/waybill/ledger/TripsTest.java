package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.ledger.InboxBook.Key;
import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TripsTest {
    private static final String TABLES = """
            CREATE TABLE parcel (id VARCHAR(40) PRIMARY KEY, pieces INTEGER, grams BIGINT, share DOUBLE PRECISION,
                price NUMERIC(10, 2), bytes %s, seen TIMESTAMP WITH TIME ZONE, state VARCHAR(10), added TIMESTAMP WITH TIME ZONE);
            CREATE TABLE note (parcel VARCHAR(40) REFERENCES parcel, said VARCHAR(200))""";
    private static final String PARCEL = """
            INSERT INTO parcel (id, pieces, grams, share, price, bytes, seen, state, added)
            VALUES (:id, :pieces, :grams, :share, :price, :bytes, COALESCE(:seen, CURRENT_TIMESTAMP), 'new', CURRENT_TIMESTAMP)""";
    private static final String NOTE = "INSERT INTO note (parcel, said) VALUES (:id, :said)";
    private static final List<String> MANY = Stream.of("""
            INSERT INTO parcel (id) SELECT 'p' || i""", """
            INSERT INTO inbox (source, idem_key, body_sha256, result, received_at)
            SELECT 'erp', 'p' || i, 'x', 'accepted', CURRENT_TIMESTAMP""")
            .map(insert -> insert + " FROM generate_series(1, 5000) i")
            .toList();
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    enum Engine {
        H2("VARBINARY(100)"),
        POSTGRESQL("BYTEA");

        private final String bytes;

        Engine(String bytes) {
            this.bytes = bytes;
        }

        void with(Consumer<Handle> test) {
            Database database = this == H2 ? new Database("jdbc:h2:mem:", "sa", "") : Stores.postgres();
            try (HikariDataSource pool = database.open()) {
                Jdbi jdbi = Jdbi.create(pool);
                (this == H2 ? jdbi : Trips.toServer(jdbi)).useHandle(handle -> {
                    Stream.of(TABLES.formatted(bytes).split(";")).forEach(handle::execute);
                    test.accept(handle);
                });
            }
        }
    }

    /** Else it would be planned anew each time, for a list as long as it is told. */
    @Test
    void what_runs_with_every_purchase_keeps_its_plan() {
        Engine.POSTGRESQL.with(handle -> {
            MANY.forEach(filled -> handle.execute(filled));
            handle.execute("ANALYZE");

            for (int i = 0; i < 20; i++) {
                Sql seen = Sql.of(handle, "UPDATE parcel SET pieces = :pieces WHERE id = :id");
                seen.bind("id", "p7").bind("pieces", i).add();
                seen.write();
                new InboxBook(handle).among(List.of(new Key("erp", "p7"))).get();
            }

            assertThat(rows(handle, """
                    SELECT LEFT(statement, 13), generic_plans > 0 FROM pg_prepared_statements
                    WHERE statement LIKE '%inbox%' OR statement LIKE 'UPDATE parcel%' ORDER BY 1""")).containsExactly("SELECT i.sour true", "UPDATE parcel true");
        });
    }

    @ParameterizedTest
    @EnumSource
    void rows_are_written_with_values_of_every_type_and_with_none(Engine engine) {
        engine.with(handle -> {
            Sql parcels = Sql.of(handle, PARCEL);
            parcel(parcels, "it's {1}, \"2\"\\");
            parcels.bind("id", "b")
                    .bind("pieces", (Integer) null)
                    .bind("grams", 0L)
                    .bind("share", (Double) null)
                    .bind("price", new BigDecimal("-0.01"))
                    .bind("bytes", (byte[]) null)
                    .bind("seen", (Instant) null)
                    .add();
            parcels.write();

            assertThat(rows(handle, "SELECT id, pieces, grams, share, price, state FROM parcel ORDER BY id DESC"))
                    .containsExactly("it's {1}, \"2\"\\ 3 5000000000 0.25 7.42 new", "b null 0 null -0.01 new");
            assertThat(handle.createQuery("SELECT bytes FROM parcel ORDER BY id DESC")
                            .map((row, context) -> row.getBytes(1))
                            .list())
                    .containsExactly(new byte[] {0, -1, 92}, null);
            assertThat(handle.createQuery("SELECT seen FROM parcel ORDER BY id DESC")
                            .mapTo(Instant.class)
                            .first())
                    .isEqualTo(NOON);
        });
    }

    @ParameterizedTest
    @EnumSource
    void rows_of_tables_that_need_each_other_are_written_together(Engine engine) {
        engine.with(handle -> {
            Trips.of(handle).together(handle, () -> {
                Sql parcels = Sql.of(handle, PARCEL);
                Sql notes = Sql.of(handle, NOTE);
                IntStream.range(0, 300).forEach(i -> {
                    parcel(parcels, "p" + i);
                    notes.bind("id", "p" + i).bind("said", "note " + i).add();
                });
                parcels.write();
                notes.write();
                return true;
            });

            assertThat(
                            rows(
                                    handle,
                                    "SELECT COUNT(*) FROM note n JOIN parcel p ON p.id = n.parcel AND n.said = 'note ' || SUBSTRING(p.id, 2)"))
                    .containsExactly("300");
        });
    }

    @ParameterizedTest
    @EnumSource
    void rows_are_changed_each_by_its_own_values(Engine engine) {
        engine.with(handle -> {
            handle.execute(
                    "INSERT INTO parcel (id, pieces, state) VALUES ('a', 1, 'new'), ('b', 2, 'new'), ('c', 3, 'new')");
            Sql changes = Sql.of(
                    handle,
                    "UPDATE parcel SET state = COALESCE(:state, state), pieces = pieces + :more WHERE id = :id AND pieces < 3");
            changes.bind("id", "a").bind("state", "old").bind("more", 10).add();
            changes.bind("id", "b")
                    .bind("state", (String) null)
                    .bind("more", 20)
                    .add();
            changes.bind("id", "c").bind("state", "old").bind("more", 30).add();
            changes.write();

            assertThat(rows(handle, "SELECT id, pieces, state FROM parcel ORDER BY id"))
                    .containsExactly("a 11 old", "b 22 new", "c 3 new");
        });
    }

    @Test
    void a_row_that_leaves_out_what_the_one_before_it_had_is_refused() {
        Engine.H2.with(handle -> {
            Sql notes = Sql.of(handle, NOTE);
            notes.bind("id", (String) null).bind("said", (String) null).add();
            notes.bind("id", "a");

            assertThatThrownBy(notes::add)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not bound");
        });
    }

    @Test
    void nothing_is_asked_while_rows_wait_that_would_not_be_seen() {
        Engine.POSTGRESQL.with(handle -> assertThatThrownBy(() -> Trips.of(handle)
                        .together(handle, () -> {
                            Sql parcels = Sql.of(handle, PARCEL);
                            parcel(parcels, "a");
                            parcels.write();
                            return Sql.of(handle, "SELECT id FROM parcel").strings();
                        }))
                .isInstanceOf(IllegalStateException.class));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_asked_together_is_answered_when_it_is_over_and_sees_what_was_written_before_it(Engine engine) {
        engine.with(handle -> {
            Sql parcels = Sql.of(handle, PARCEL);
            Stream.of("a", "b", "c").forEach(id -> parcel(parcels, id));

            List<Asked<List<String>>> asked = Trips.of(handle).together(handle, () -> {
                parcels.write();
                Asked<List<String>> found = Sql.of(
                                handle, "SELECT id FROM parcel WHERE id = ANY(:ids) AND id <> :id ORDER BY id")
                        .bindArray("ids", List.of("a", "c", "d"))
                        .bind("id", "a")
                        .askStrings();
                Sql notes = Sql.of(handle, NOTE);
                notes.bind("id", "c").bind("said", "fragile").add();
                notes.write();
                return List.of(
                        found,
                        Sql.of(handle, "SELECT said FROM note WHERE parcel = :id")
                                .bind("id", "c")
                                .askStrings());
            });

            assertThat(asked.stream().map(Asked::get)).containsExactly(List.of("c"), List.of("fragile"));
        });
    }

    @Test
    void an_answer_is_not_to_be_had_before_it_is_over() {
        Engine.POSTGRESQL.with(handle -> assertThatThrownBy(() -> Trips.of(handle)
                        .together(
                                handle,
                                () -> Sql.of(handle, "SELECT id FROM parcel WHERE id = :id")
                                        .bind("id", "a")
                                        .askStrings()
                                        .map(List::size)
                                        .get()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not asked yet"));
    }

    @ParameterizedTest
    @EnumSource
    void of_rows_that_are_changed_each_is_told_whether_it_was(Engine engine) {
        engine.with(handle -> {
            handle.execute("INSERT INTO parcel (id, pieces) VALUES ('a', 1), ('b', 2), ('c', 3)");
            String change = "UPDATE parcel SET pieces = pieces + :more WHERE id = :id AND pieces < 3";

            assertThat(changes(handle, change, "c", "x", "a", "b").changed()).containsExactly(false, false, true, true);
            assertThat(changes(handle, change, "b", "b", "a").changed()).containsExactly(false, false, false);
            handle.execute("UPDATE parcel SET pieces = 2");
            assertThat(changes(handle, change, "b", "b", "a").changed()).containsExactly(true, false, true);
            assertThat(changes(handle, change).changed()).isEmpty();
        });
    }

    private static Sql changes(Handle handle, String change, String... ids) {
        Sql changes = Sql.of(handle, change);
        Stream.of(ids).forEach(id -> changes.bind("id", id).bind("more", 10).add());
        return changes;
    }

    @Test
    void what_fails_before_it_is_over_writes_nothing_and_leaves_no_row_waiting() {
        Engine.POSTGRESQL.with(handle -> {
            assertThatThrownBy(() -> Trips.of(handle).together(handle, () -> {
                        Sql parcels = Sql.of(handle, PARCEL);
                        parcel(parcels, "a");
                        parcels.write();
                        throw new IllegalArgumentException("broken");
                    }))
                    .hasMessage("broken");

            assertThat(Sql.of(handle, "SELECT id FROM parcel").strings()).isEmpty();
        });
    }

    @Test
    void a_server_leaves_out_rows_that_are_there() {
        Engine.POSTGRESQL.with(handle -> {
            Stream.of(List.of("a", "b"), List.of("b", "c")).forEach(ids -> {
                Sql parcels = Sql.of(handle, PARCEL);
                ids.forEach(id -> parcel(parcels, id));
                parcels.writeNew();
            });

            assertThat(Sql.of(handle, "SELECT id FROM parcel ORDER BY id").strings())
                    .containsExactly("a", "b", "c");
        });
    }

    @Test
    void what_a_server_refuses_is_told_without_the_values_of_any_row() {
        Engine.POSTGRESQL.with(handle -> {
            Sql parcels = Sql.of(handle, PARCEL);
            parcel(parcels, "Jane Roe".repeat(10));
            assertThatThrownBy(parcels::write)
                    .isInstanceOf(UnableToExecuteStatementException.class)
                    .satisfies(refused ->
                            assertThat(everything(refused)).contains("too long").doesNotContain("Jane"));

            Sql notes = Sql.of(handle, "UPDATE parcel SET id = :id WHERE id = :said");
            handle.execute("INSERT INTO parcel (id) VALUES ('x'), ('y')");
            notes.bind("id", "Jane Roe").bind("said", "x").add();
            notes.bind("id", "Jane Roe").bind("said", "y").add();
            assertThatThrownBy(notes::executeBatch)
                    .hasCauseInstanceOf(BatchUpdateException.class)
                    .satisfies(refused -> assertThat(everything(refused))
                            .contains("duplicate")
                            .doesNotContain("Jane"));
        });
    }

    @Test
    void a_plan_does_not_depend_on_the_list_that_is_looked_among() {
        Engine.POSTGRESQL.with(handle -> {
            for (int i = 0; i < 20; i++) {
                assertThat(Sql.of(handle, "SELECT id FROM parcel WHERE id = ANY(:ids)")
                                .bindArray("ids", List.of("a", "b"))
                                .strings())
                        .isEmpty();
            }
            assertThat(
                            rows(
                                    handle,
                                    "SELECT generic_plans > 0, custom_plans <= 5 FROM pg_prepared_statements WHERE statement LIKE '%= ANY(%FROM%' OR statement LIKE 'SELECT id FROM parcel WHERE id = ANY(%'"))
                    .contains("true true");
        });
    }

    private static void parcel(Sql parcels, String id) {
        parcels.bind("id", id)
                .bind("pieces", 3)
                .bind("grams", 5_000_000_000L)
                .bind("share", 0.25)
                .bind("price", new BigDecimal("7.42"))
                .bind("bytes", new byte[] {0, -1, 92})
                .bind("seen", NOON)
                .add();
    }

    private static List<String> rows(Handle handle, String query) {
        return handle.createQuery(query)
                .map((row, context) -> IntStream.rangeClosed(
                                1, row.getMetaData().getColumnCount())
                        .mapToObj(column -> text(row, column))
                        .reduce((a, b) -> a + " " + b)
                        .orElse(""))
                .list();
    }

    private static String text(ResultSet row, int column) {
        try {
            Object value = row.getObject(column);
            return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String everything(Throwable refused) {
        return Stream.iterate(refused, Objects::nonNull, Throwable::getCause)
                .map(Throwable::toString)
                .reduce("", String::concat);
    }
}
