package io.waybill.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the ledger beside the code under test, and holds it against the carrier's own book. */
final class Books implements AutoCloseable {
    private static final Set<String> AT_REST = Set.of("LABELLED", "REFUSED", "VOIDED", "CANCELLED", "REVIEW", "HELD");
    private static final Set<String> SOLD = Set.of("BOUGHT", "LABELLED", "VOIDING", "VOIDED");
    private static final long BORED = 1_500_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final List<String> children = new ArrayList<>();

    Books() throws SQLException {
        connection = SteppedDatabase.direct();
    }

    /** Empties the ledger, those tables first that others do not point to. Every key stays on, so that no statement must be read anew. */
    void clear() throws SQLException {
        if (children.isEmpty()) {
            children.addAll(childrenFirst());
        }
        for (String table : children) {
            run("DELETE FROM \"" + table + "\"");
        }
    }

    private List<String> childrenFirst() {
        List<String> left = new ArrayList<>(column("""
                SELECT table_name FROM information_schema.tables
                WHERE table_schema = 'PUBLIC' AND UPPER(table_name) NOT IN ('FLYWAY_SCHEMA_HISTORY', 'AUDIT_LOG') AND table_type = 'BASE TABLE'
                ORDER BY table_name"""));
        List<String[]> keys = rows("""
                SELECT c.table_name, p.table_name FROM information_schema.referential_constraints r
                JOIN information_schema.table_constraints c ON c.constraint_name = r.constraint_name
                JOIN information_schema.table_constraints p ON p.constraint_name = r.unique_constraint_name
                WHERE c.table_name <> p.table_name""", 2);
        List<String> order = new ArrayList<>();
        while (!left.isEmpty()) {
            List<String> free = left.stream()
                    .filter(table -> keys.stream().noneMatch(key -> key[1].equals(table) && left.contains(key[0])))
                    .toList();
            expect(!free.isEmpty(), "these point to one another: " + left);
            order.addAll(free);
            left.removeAll(free);
        }
        return order;
    }

    /** What must hold at every moment. */
    void check() {
        expectNone("two open attempts of one shipment", """
                SELECT shipment_uid FROM purchase_attempt WHERE state IN ('SENDING', 'UNKNOWN')
                GROUP BY shipment_uid HAVING COUNT(*) > 1""");
        expectNone("sold without every charge", """
                SELECT s.id FROM shipment s WHERE s.state IN ('BOUGHT', 'LABELLED', 'VOIDING', 'VOIDED')
                AND (SELECT COUNT(*) FROM charge c WHERE c.shipment_uid = s.id AND c.kind = 'label_charge'
                     AND COALESCE(c.reason, '') <> 'orphan' AND c.source_ref = (SELECT MIN(a.ref) FROM purchase_attempt a
                         WHERE a.shipment_uid = s.id AND a.state = 'BOUGHT')) <> 2""");
        expectNone("sold and not told once", """
                SELECT o.id FROM orders o WHERE
                (SELECT COUNT(*) FROM outbox e WHERE e.entity_id = o.id AND e.type = 'billing.charged'
                 AND e.payload NOT LIKE '%"orphan":{%')
                <> (SELECT COUNT(*) FROM shipment s WHERE s.order_uid = o.id AND s.bought_at IS NOT NULL)""");
        expectNone("labelled and not told once", """
                SELECT o.id FROM orders o WHERE
                (SELECT COUNT(*) FROM outbox e WHERE e.entity_id = o.id AND e.type = 'order.labelled')
                <> (SELECT COUNT(*) FROM shipment s WHERE s.order_uid = o.id AND s.labelled_at IS NOT NULL)""");
        expectNone("labelled without its paper", """
                SELECT s.id FROM shipment s WHERE s.labelled_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM document d WHERE d.shipment_uid = s.id)""");
        expectNone("money given back that was not spent", """
                SELECT c.shipment_uid FROM charge c GROUP BY c.shipment_uid, c.source_ref HAVING SUM(c.amount) < 0""");
    }

    /** What must hold once nothing is left to do. */
    void checkAtTheEnd(VirtualCarrier carrier) {
        for (String[] row : rows("""
                SELECT s.id, s.state, s.carrier_shipment, CASE WHEN s.seq = 1 THEN o.order_id
                       ELSE o.order_id || '-' || s.seq END
                FROM shipment s JOIN orders o ON o.id = s.order_uid""", 4)) {
            check(carrier, row[0], row[1], row[2], row[3]);
        }
    }

    /** Something was tried more than once, or sold beside what was chosen. */
    boolean mayHoldSurprises() {
        Set<String> states = states();
        return states.contains("orphan") || states.contains("tried again");
    }

    private void check(VirtualCarrier carrier, String id, String state, String chosen, String order) {
        List<String> live = carrier.book.stream()
                .filter(sale -> sale.ref.orderNumber().equals(order) && !sale.voided)
                .map(sale -> sale.id)
                .toList();
        List<String> open = column("SELECT reason FROM exception WHERE closed_at IS NULL AND shipment_uid = ?", id);
        String all = order + " is " + state + " with " + chosen + "; live at the carrier " + live + "; open " + open;
        expect(AT_REST.contains(state) || !open.isEmpty(), "lost: " + all);
        expect(live.size() <= 1 || mentions(open), "bought twice and nobody told: " + all);
        expect(
                live.isEmpty() || live.contains(chosen) && SOLD.contains(state) || mentions(open),
                "a label nobody knows of: " + all);
        expect(!state.equals("LABELLED") || live.contains(chosen) || mentions(open), "its label is not live: " + all);
        expect(!state.equals("VOIDED") || !live.contains(chosen), "its label is still live: " + all);
        expect(!state.equals("REFUSED") || open.contains("carrier-refused"), "refused and nobody told: " + all);
        expect(!state.equals("REVIEW") || open.contains("purchase-unresolved"), "unresolved and nobody told: " + all);
    }

    private static boolean mentions(List<String> open) {
        return open.contains("purchase-unresolved") || open.contains("orphan-label") || open.contains("void-refused");
    }

    /** Nothing has a time at which it goes on by itself soon. */
    boolean isQuiet() {
        return rows("SELECT state FROM shipment", 1).stream().allMatch(row -> AT_REST.contains(row[0]))
                || untilNextDue() > BORED;
    }

    /** Milliseconds until something is due, at least one. */
    long untilNextDue() {
        long next = Long.MAX_VALUE;
        for (String[] row : rows("""
                SELECT state, COALESCE(lease_until, due) AS at FROM shipment
                WHERE state IN ('READY', 'BUYING', 'UNKNOWN', 'BOUGHT', 'VOIDING')""", 2)) {
            next = Math.min(
                    next,
                    VirtualTime.until(java.time.OffsetDateTime.parse(row[1].replace(' ', 'T'))
                            .toInstant()));
        }
        return next == Long.MAX_VALUE ? 60_000 : Math.max(1, next + 1);
    }

    String shipment(String orderUid) {
        return column("SELECT id FROM shipment WHERE order_uid = ? ORDER BY seq", orderUid)
                .get(0);
    }

    Set<String> states() {
        return Set.copyOf(column("""
                SELECT state FROM shipment UNION SELECT 'orphan' FROM orphan WHERE state = 'LIVE'
                UNION SELECT 'tried again' FROM shipment WHERE attempts > 1"""));
    }

    /** For a person who looks for what went wrong. */
    List<String> standing() {
        return column("SELECT state || ' ' || id || ' due ' || due || ' owner ' || COALESCE(owner, '') FROM shipment");
    }

    private void expectNone(String what, String sql) {
        List<String> found = column(sql);
        expect(found.isEmpty(), what + ": " + found);
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private List<String> column(String sql, String... values) {
        return rows(sql, 1, values).stream().map(row -> row[0]).toList();
    }

    private List<String[]> rows(String sql, int columns, String... values) {
        try {
            PreparedStatement statement = statement(sql);
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            List<String[]> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    String[] row = new String[columns];
                    for (int i = 0; i < columns; i++) {
                        row[i] = result.getString(i + 1);
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String sql) throws SQLException {
        statement(sql).execute();
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
