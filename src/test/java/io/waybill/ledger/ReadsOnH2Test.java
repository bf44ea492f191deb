package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.RejectionBook.Match;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done about one order reads a few rows of H2, though every table has many and all of them are of one source and namespace. */
class ReadsOnH2Test {
    private static final int MANY = 3_000;
    private static final int FEW = 20;
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    /** Asked once for many orders: no index would be worth what it costs each row. */
    private static final Pattern OF_MANY =
            Pattern.compile("UPDATE (inbox|batch_row|compared_row) SET problems|UPDATE inbound_document .* AND order_");

    private static final Map<String, String> ALIKE = Map.of(
            "SOURCE",
            "'7'",
            "NAMESPACE",
            "'7'",
            "ACCOUNT",
            "'fake'",
            "STATE",
            "'LABELLED'",
            "CLOSED_AT",
            "NULL",
            "ERASED_AT",
            "NULL");

    private static final List<String> TABLES = List.of(
            "ORDERS",
            "ORDER_REVISION",
            "ORDER_IDENTIFIER",
            "ORDER_WORD",
            "STORY",
            "INBOX",
            "INBOUND_FILE",
            "INBOUND_DOCUMENT",
            "SOURCE_DOCUMENT",
            "REJECTION",
            "BATCH",
            "BATCH_ROW",
            "COMPARED_SHEET",
            "COMPARED_ROW",
            "SHADOW_DOCUMENT",
            "SHIPMENT",
            "SHIPMENT_NUMBER",
            "CHARGE",
            "PURCHASE_ATTEMPT",
            "ORPHAN",
            "DOCUMENT",
            "TRACKING_EVENT",
            "QUOTE",
            "EXCEPTION",
            "OUTBOX",
            "BUNDLED_EVENT");

    @TempDir
    static Path folder;

    private static Jdbi jdbi;

    @BeforeAll
    static void fill() throws SQLException {
        Database database = Stores.h2(folder);
        jdbi = Jdbi.create(database.url(), database.user(), database.password());
        jdbi.<SQLException>useHandle(handle -> {
            handle.execute("SET REFERENTIAL_INTEGRITY FALSE");
            for (String table : TABLES) {
                fill(handle, table);
            }
            handle.execute("UPDATE outbox SET state = 'SENT', sink = '7'");
            handle.execute("ANALYZE");
        });
    }

    @Test
    void what_belongs_to_an_order_is_told() throws SQLException {
        Map<String, Integer> read = read(tx -> {
            OrderRow order = tx.orders().find("7", Namespaces.ALL).orElseThrow();
            assertThat(tx.related(List.of(order)).get().shipments(order)).hasSize(1);
        });

        assertThat(read)
                .hasSize(4)
                .allSatisfy((statement, rows) -> assertThat(rows).isLessThanOrEqualTo(FEW));
        assertThat(read.keySet())
                .as("a list that comes out of a question is slow")
                .noneMatch(statement -> statement.contains("ARRAY(SELECT"));
    }

    @Test
    void an_order_is_forgotten() throws SQLException {
        Map<String, Integer> read = read(tx ->
                tx.erasure().erase(List.of(tx.orders().find("7", Namespaces.ALL).orElseThrow())));

        assertThat(read.keySet().removeIf(OF_MANY.asPredicate())).isTrue();
        assertThat(read).hasSizeGreaterThan(20);
        assertThat(read).allSatisfy((statement, rows) -> assertThat(rows).isLessThanOrEqualTo(FEW));
    }

    @Test
    void a_few_of_many_old_originals_are_forgotten() throws SQLException {
        assertThat(read(tx -> assertThat(tx.erasure().originalsOlderThan(Duration.ofSeconds(1), 7))
                        .isEqualTo(7)))
                .hasSize(1)
                .allSatisfy((statement, rows) -> assertThat(rows).isLessThanOrEqualTo(FEW));
    }

    @Test
    void a_few_of_many_old_events_are_removed() throws SQLException {
        assertThat(read(tx -> assertThat(tx.sent()
                                .remove(SentBook.End.SENT, "7", Duration.ofSeconds(1), SentBook.Step.FIRST, 7)
                                .gone())
                        .isEqualTo(7)))
                .hasSize(4)
                .allSatisfy((statement, rows) -> assertThat(rows).isLessThanOrEqualTo(FEW));
    }

    @Test
    void a_document_is_rejected_again() throws SQLException {
        RejectionBook.Row row = new RejectionBook.Row(null, "7", "7", "folder", "7", null, null, null, null, "7", "[]");

        assertThat(read(tx -> tx.rejections().keep(row, new Match("7", "7", "7", "7", "7"))))
                .hasSize(2)
                .allSatisfy((statement, rows) -> assertThat(rows).isLessThanOrEqualTo(FEW));
    }

    @Test
    void a_rejected_document_becomes_an_order() throws SQLException {
        Match match = new Match("7", "7", "7", "7", "7");

        assertThat(read(tx -> {
                    assertThat(tx.rejections().among(List.of(match)).get()).containsExactly(match);
                    assertThat(tx.rejections().close(match, "7")).hasSize(1);
                }))
                .hasSize(3)
                .allSatisfy((statement, rows) -> assertThat(rows).isLessThanOrEqualTo(FEW));
    }

    @Test
    void what_was_quoted_for_an_order_is_told() throws SQLException {
        assertThat(read(tx -> tx.quotes().ofOrder("7", "7", 10)))
                .hasSize(1)
                .allSatisfy((statement, rows) -> assertThat(rows).isLessThanOrEqualTo(FEW));
    }

    /** @return what the work asked and changed, and the most rows of a table H2 reads for it */
    private static Map<String, Integer> read(Consumer<Tx> work) throws SQLException {
        return jdbi.<Map<String, Integer>, SQLException>withHandle(handle -> {
            handle.execute("SET QUERY_STATISTICS TRUE");
            handle.begin();
            work.accept(new Tx(handle, Subscriptions.NONE, Dues.DEFAULT, true, Handover.none()));
            handle.rollback();
            Map<String, Integer> read = new HashMap<>();
            for (String statement : handle.createQuery("""
                            SELECT sql_statement FROM INFORMATION_SCHEMA.QUERY_STATISTICS
                            WHERE REGEXP_LIKE(sql_statement, '^\\s*(SELECT|UPDATE|DELETE)')
                                AND sql_statement NOT LIKE '%INFORMATION_SCHEMA%'""").mapTo(String.class).list()) {
                read.put(statement, scanned(handle.getConnection(), statement));
            }
            return read;
        });
    }

    /** Of the rows of the seventh order; what is changed is changed back. */
    private static int scanned(Connection connection, String statement) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN ANALYZE "
                + statement.replace("CAST(? AS TIMESTAMP", "CAST('1970-01-01 00:00:00Z' AS TIMESTAMP"))) {
            for (int place = 1; place <= explain.getParameterMetaData().getParameterCount(); place++) {
                switch (explain.getParameterMetaData().getParameterType(place)) {
                    case Types.ARRAY ->
                        explain.setArray(place, connection.createArrayOf("VARCHAR", new Object[] {"7", "9"}));
                    case Types.INTEGER, Types.BIGINT, Types.DOUBLE -> explain.setInt(place, 7);
                    case Types.BLOB, Types.VARBINARY -> explain.setBytes(place, new byte[0]);
                    default -> explain.setString(place, "7");
                }
            }
            try (ResultSet plan = explain.executeQuery()) {
                plan.next();
                return SCANNED.matcher(plan.getString(1))
                        .results()
                        .mapToInt(scanned -> Integer.parseInt(scanned.group(1)))
                        .max()
                        .orElse(0);
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static void fill(Handle handle, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (ResultSet column = handle.getConnection().getMetaData().getColumns(null, "PUBLIC", table, null)) {
            while (column.next()) {
                columns.add(column.getString("COLUMN_NAME"));
                values.add(value(column));
            }
        }
        handle.execute("INSERT INTO " + table + " (" + String.join(", ", columns) + ") SELECT "
                + String.join(", ", values) + " FROM SYSTEM_RANGE(1, " + MANY + ") AS g(n)");
    }

    private static String value(ResultSet column) throws SQLException {
        int size = column.getInt("COLUMN_SIZE");
        return switch (column.getInt("DATA_TYPE")) {
            case Types.VARCHAR, Types.CHAR ->
                ALIKE.getOrDefault(column.getString("COLUMN_NAME"), size < 6 ? "'x'" : "CAST(n AS VARCHAR(9))");
            case Types.CLOB -> "'{}'";
            case Types.BOOLEAN -> "FALSE";
            case Types.TIMESTAMP_WITH_TIMEZONE ->
                ALIKE.getOrDefault(column.getString("COLUMN_NAME"), "DATEADD('MINUTE', -n, CURRENT_TIMESTAMP)");
            case Types.DATE -> "DATEADD('DAY', -n, CURRENT_DATE)";
            case Types.BLOB, Types.BINARY, Types.VARBINARY -> "X'00'";
            default -> "n";
        };
    }
}
