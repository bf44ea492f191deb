package io.waybill.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.Database;
import io.waybill.order.Json;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the ledger beside the code under test, moves its time, and holds it against what the carrier and people know. */
final class LifeBooks implements AutoCloseable {
    private static final Set<String> AT_REST = Set.of("LABELLED", "REFUSED", "VOIDED", "CANCELLED", "REVIEW", "HELD");
    private static final Set<String> SOLD = Set.of("BOUGHT", "LABELLED", "VOIDING", "VOIDED");
    private static final long BORED = 7_200_000;

    private final Connection connection;
    private final List<String> children;
    private final Map<String, List<String>> times = new LinkedHashMap<>();

    LifeBooks(Database database) throws SQLException {
        connection = DriverManager.getConnection(database.url(), database.user(), database.password());
        children = childrenFirst();
        for (String[] column : rows("""
                SELECT table_name, column_name FROM information_schema.columns
                WHERE LOWER(table_schema) = 'public' AND LOWER(data_type) LIKE '%timestamp%'""", 2)) {
            if (children.contains(column[0])) {
                times.computeIfAbsent(column[0], table -> new ArrayList<>()).add(column[1]);
            }
        }
    }

    /** Empties the ledger, but for the audit log, which only grows. */
    void clear() {
        for (String table : children) {
            run("DELETE FROM \"" + table + "\"");
        }
    }

    /** All there is happened so much earlier. */
    void pass(long millis) {
        String by = "INTERVAL '" + millis / 1000 + "." + "%03d".formatted(millis % 1000) + "' SECOND";
        times.forEach((table, columns) -> run("UPDATE \"" + table + "\" SET "
                + String.join(
                        ", ",
                        columns.stream()
                                .map(column -> "\"" + column + "\" = \"" + column + "\" - " + by)
                                .toList())));
    }

    private List<String> childrenFirst() {
        List<String> left = new ArrayList<>(column("""
                SELECT table_name FROM information_schema.tables
                WHERE LOWER(table_schema) = 'public' AND UPPER(table_name) NOT IN
                ('FLYWAY_SCHEMA_HISTORY', 'AUDIT_LOG', 'SCHEMA_FLOOR') AND table_type = 'BASE TABLE'
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
            order.addAll(free);
            left.removeAll(free);
        }
        return order;
    }

    String orderNumber(String shipment) {
        return column("""
                SELECT CASE WHEN s.seq = 1 THEN o.order_id ELSE o.order_id || '-' || s.seq END
                FROM shipment s JOIN orders o ON o.id = s.order_uid WHERE s.id = ?""", shipment).get(0);
    }

    /** What must hold at every moment. */
    void check(Life life) {
        expectNone("two open attempts of one shipment", """
                SELECT shipment_uid FROM purchase_attempt WHERE state IN ('SENDING', 'UNKNOWN')
                GROUP BY shipment_uid HAVING COUNT(*) > 1""");
        expectNone(
                "labelled and not told once",
                told("order.labelled", "s.labelled_at IS NOT NULL AND s.imported = FALSE", "= 1"));
        expectNone("told of a label that is none", told("order.labelled", "s.labelled_at IS NULL", "= 0"));
        expectNone(
                "labelled elsewhere and not told once",
                told("order.labelled", "s.imported = TRUE AND s.state <> 'VOIDED'", "= 1"));
        expectNone(
                "voided and not told once",
                told("shipment.voided", "s.state = 'VOIDED' AND s.imported = FALSE", "= 1"));
        expectNone("told of a void that is none", told("shipment.voided", "s.state <> 'VOIDED'", "= 0"));
        expectNone("labelled without its paper", """
                SELECT s.id FROM shipment s WHERE s.labelled_at IS NOT NULL AND s.imported = FALSE
                AND s.order_uid NOT IN (SELECT id FROM orders WHERE erased_at IS NOT NULL)
                AND s.labelled_at > CURRENT_TIMESTAMP - INTERVAL '1' DAY
                AND NOT EXISTS (SELECT 1 FROM document d WHERE d.shipment_uid = s.id)""");
        expectNone("money given back that was not spent", """
                SELECT c.order_id || ' ' || c.source_ref || ' ' || SUM(c.amount) || ' ' || COUNT(*) || MIN(c.kind) || MAX(c.kind) FROM charge c WHERE c.side = 'expected'
                GROUP BY c.order_id, c.source_ref HAVING SUM(c.amount) < 0 AND MAX(c.kind) <> MIN(c.kind)""");
        expectNone("a sequence with a gap", """
                SELECT o.order_id FROM outbox e JOIN orders o ON o.id = e.entity_id
                GROUP BY o.order_id, e.entity_id, e.sink HAVING COUNT(*) <> MAX(e.sequence) OR MIN(e.sequence) <> 1""");
        expectNone("an exception told otherwise than it is", """
                SELECT o.order_id FROM orders o WHERE
                (SELECT COUNT(*) FROM outbox e WHERE e.entity_id = o.id AND e.type = 'exception.opened')
                - (SELECT COUNT(*) FROM outbox e WHERE e.entity_id = o.id AND e.type = 'exception.closed')
                <> (SELECT COUNT(*) FROM exception x WHERE x.order_uid = o.id AND x.closed_at IS NULL)""");
        expectNone("called off and told otherwise", """
                SELECT o.order_id FROM orders o WHERE o.cancelled_at IS NOT NULL AND
                COALESCE((SELECT MAX(e.sequence) FROM outbox e WHERE e.entity_id = o.id AND e.type = 'order.cancelled'), 0)
                < COALESCE((SELECT MAX(e.sequence) FROM outbox e WHERE e.entity_id = o.id
                    AND e.type IN ('order.accepted', 'order.held')), 0)""");
        for (String[] row : rows("""
                SELECT o.order_id, o.revision, (SELECT COUNT(*) FROM story t WHERE t.order_uid = o.id AND t.what = 'packed'),
                (SELECT COUNT(*) FROM story t WHERE t.order_uid = o.id AND t.what IN ('received', 'revised')) FROM orders o""", 4)) {
            String all = row[0] + " is at revision " + row[1] + ", " + row[2] + " times packed, " + row[3]
                    + " times taken in by its story, and by its senders " + life.revisions.get(row[0]);
            int taken = Integer.parseInt(row[3]);
            expect(life.may(taken, life.revisions.getOrDefault(row[0], 0)), "not each revision is told: " + all);
            expect(
                    taken + Integer.parseInt(row[2]) == Integer.parseInt(row[1]) || isFromOutside(row[0]),
                    "a revision too many: " + all);
        }
        expect(
                column("SELECT order_id FROM orders").containsAll(life.orders.keySet()),
                "an order is lost: " + life.orders.keySet());
    }

    /** Shipments of a kind that sinks were told of otherwise. */
    private static String told(String type, String which, String times) {
        return """
                SELECT o.order_id || '-' || s.seq || ' ' || s.state FROM shipment s JOIN orders o ON o.id = s.order_uid
                WHERE %s AND NOT (SELECT COUNT(*) FROM outbox e WHERE e.entity_id = o.id AND e.type = '%s'
                    AND e.payload LIKE '%%"shipmentId":"' || s.id || '"%%') %s""".formatted(which, type, times);
    }

    /** @param states divided by bars */
    List<String> ordersIn(String states) {
        return column("""
                SELECT DISTINCT o.order_id FROM orders o JOIN shipment s ON s.order_uid = o.id
                WHERE s.state IN ('%s') ORDER BY o.order_id""".formatted(states.replace("|", "', '")));
    }

    /** The carriers' own numbers of what the hub has. */
    List<String> labels() {
        return column(
                "SELECT carrier_shipment FROM shipment WHERE carrier_shipment IS NOT NULL AND imported = FALSE ORDER BY id");
    }

    List<String> trackingNumbers() {
        return column("SELECT DISTINCT number_value FROM shipment_number ORDER BY number_value");
    }

    private boolean isFromOutside(String order) {
        return !column(
                        "SELECT s.id FROM shipment s JOIN orders o ON o.id = s.order_uid WHERE o.order_id = ? AND s.imported = TRUE",
                        order)
                .isEmpty();
    }

    /** What must hold once nothing is left to do. */
    void checkAtTheEnd(Life life) {
        for (String[] row : rows("""
                SELECT s.id, s.state, s.carrier_shipment, CASE WHEN s.seq = 1 THEN o.order_id
                       ELSE o.order_id || '-' || s.seq END, o.id, s.imported
                FROM shipment s JOIN orders o ON o.id = s.order_uid""", 6)) {
            if (!row[5].equalsIgnoreCase("true") && !row[5].equals("t")) {
                check(life, row[0], row[1], row[2], row[3]);
            }
        }
        life.carriers().stream()
                .flatMap(carrier -> carrier.book.stream())
                .forEach(sale -> expect(
                        !column("SELECT ref FROM purchase_attempt WHERE ref = ?", sale.ref.value())
                                .isEmpty(),
                        "sold and known nowhere: " + sale.id));
        causes();
        rows("SELECT id, order_id FROM orders WHERE erased_at IS NULL", 2)
                .forEach(order -> boxes(life, order[0], order[1]));
        expectNone("it waits and nobody says for what", """
                SELECT id FROM shipment WHERE state = 'HELD' AND hold_reason IS NULL AND waiting_for IS NULL""");
        expectNone("called off and going on", """
                SELECT o.order_id || '-' || s.seq || ' ' || s.state FROM shipment s JOIN orders o ON o.id = s.order_uid
                WHERE o.cancelled_at IS NOT NULL AND s.state NOT IN ('VOIDED', 'CANCELLED') AND NOT (s.state = 'LABELLED'
                AND EXISTS (SELECT 1 FROM exception x WHERE x.shipment_uid = s.id AND x.closed_at IS NULL))""");
        manifests(life);
        bills(life);
        storyOf("VOIDED", "voided");
        storyOf("LABELLED", "labelled");
        storyOf("CANCELLED", "cancelled");
        storyOf("REFUSED", "refused");
        expectNone("asked back and never answered", """
                SELECT r.order_id || ' ' || r.carrier_shipment || ' ' || r.state || ' ' || s.state FROM refund r JOIN shipment s ON s.id = r.shipment_uid
                WHERE r.orphan = FALSE AND s.state <> 'VOIDED' AND r.state IN ('requested', 'pending')""");
        expectNone("taken back and not asked back", """
                SELECT o.order_id || '-' || s.seq FROM shipment s JOIN orders o ON o.id = s.order_uid WHERE s.state = 'VOIDED' AND s.imported = FALSE
                AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.shipment_uid = s.id AND r.carrier_shipment = s.carrier_shipment)""");
        life.done.forEach((what, times) -> {
            String[] words = what.split(" ", -1);
            int told = column("SELECT id FROM audit_log WHERE act = ? AND entity_id = ? AND actor <> ''", words)
                    .size();
            expect(
                    life.may(told, times),
                    "the audit log tells otherwise: " + told + " times of " + times + ": " + what);
        });
    }

    private void causes() {
        stillOpen("carrier-refused", "s.state NOT IN ('BOUGHT', 'LABELLED', 'VOIDING', 'VOIDED', 'CANCELLED')");
        stillOpen("purchase-unresolved", "s.state IN ('REVIEW', 'UNKNOWN', 'BUYING')");
        stillOpen("purchase-failed", "s.state IN ('READY', 'BUYING', 'UNKNOWN', 'REVIEW')");
        stillOpen("void-refused", "s.state IN ('LABELLED', 'VOIDING', 'BOUGHT')");
        stillOpen("label-overdue", "s.state = 'BOUGHT'");
        stillOpen("label-gone", "s.state = 'BOUGHT'");
        stillOpen("changed-late", "o.cancelled_at IS NULL AND s.state <> 'CANCELLED'");
        stillOpen("second-label", "s.state NOT IN ('VOIDED', 'CANCELLED')");
        stillOpen("orphan-label", "EXISTS (SELECT 1 FROM orphan p WHERE p.ref = x.subject_id AND p.state <> 'VOIDED')");
    }

    /** What the hub says is in a closed manifest is closed at its carrier. */
    private void manifests(Life life) {
        List<String> closed = column("""
                SELECT s.carrier_shipment FROM shipment s JOIN manifest m ON m.id = s.manifest_id
                WHERE m.state = 'CLOSED' AND s.carrier_shipment IS NOT NULL""");
        life.carriers().stream()
                .flatMap(carrier -> carrier.book.stream())
                .filter(sale -> closed.contains(sale.id))
                .forEach(sale -> expect(sale.closed, "in a manifest it was not taken into: " + sale.id));
    }

    /** An invoice of each carrier for all it sold: what was expected of each shipment is what is billed. */
    private void bills(Life life) {
        life.bill();
        Map<String, BigDecimal> billed = new TreeMap<>();
        List<String> known = column(
                "SELECT carrier_shipment FROM shipment WHERE carrier_shipment IS NOT NULL UNION SELECT carrier_shipment FROM orphan");
        life.carriers().stream()
                .flatMap(carrier -> carrier.book.stream())
                .filter(sale -> known.contains(sale.id))
                .forEach(sale -> billed.merge(
                        column("SELECT shipment_uid FROM purchase_attempt WHERE ref = ?", sale.ref.value())
                                .get(0),
                        new BigDecimal(sale.voided ? "0.00" : "9.30"),
                        BigDecimal::add));
        billed.forEach((shipment, amount) -> {
            String said = column("""
                    SELECT CAST(COALESCE(SUM(amount), 0) AS NUMERIC(19, 2)) FROM charge WHERE shipment_uid = ? AND side = 'billed'""", shipment).get(0);
            expect(
                    said.equals(amount.toPlainString()),
                    "billed otherwise: " + said + " of " + amount + " for " + orderNumber(shipment));
        });
        expectNone("an invoice line without a shipment", """
                SELECT l.tracking_number FROM invoice_line l WHERE l.shipment_uid IS NULL
                AND l.tracking_number IN (SELECT '1Z' || carrier_shipment FROM shipment UNION SELECT '1Z' || carrier_shipment FROM orphan)""");
        expectNone("billed and still open", """
                SELECT x.order_id || ' ' || x.reason FROM exception x WHERE x.closed_at IS NULL AND x.reason = 'bought-anyway'
                AND EXISTS (SELECT 1 FROM invoice_line l WHERE l.shipment_uid = x.shipment_uid
                    AND l.tracking_number NOT IN (SELECT '1Z' || s.carrier_shipment FROM shipment s WHERE s.id = x.shipment_uid))""");
        expectNone("a difference where there is none", """
                SELECT o.order_id || '-' || s.seq || ' ' || c.sum FROM (SELECT shipment_uid, SUM(CASE WHEN side = 'expected' THEN -amount ELSE amount END) AS sum
                FROM charge WHERE side IN ('expected', 'billed') GROUP BY shipment_uid) c
                JOIN shipment s ON s.id = c.shipment_uid JOIN orders o ON o.id = s.order_uid WHERE c.sum <> 0 AND s.imported = FALSE
                AND NOT EXISTS (SELECT 1 FROM story t WHERE t.shipment_uid = s.id AND t.what = 'resolved')""");
    }

    private void storyOf(String state, String what) {
        expectNone("no word of it in its story that it is " + what, """
                SELECT o.order_id || '-' || s.seq FROM shipment s JOIN orders o ON o.id = s.order_uid
                WHERE s.state = '%s' AND s.imported = FALSE AND s.piece IS NULL AND NOT EXISTS
                (SELECT 1 FROM story t WHERE t.shipment_uid = s.id AND t.what = '%s')""".formatted(state, what));
    }

    /** No box has two labels, and all of an order that went straight have one. */
    private void boxes(Life life, String id, String order) {
        List<String> story = column("SELECT what FROM story WHERE order_uid = ?", id);
        List<String[]> labels = rows("""
                SELECT s.state, s.carrier_shipment, s.account FROM shipment s WHERE s.order_uid = ? AND s.imported = FALSE""", 3, id);
        if (story.contains("another label") || story.contains("resolved") || story.contains("bought elsewhere")) {
            return;
        }
        JsonNode effective = Json.kept(
                column("SELECT effective FROM orders WHERE id = ?", id).get(0));
        List<String> labelled = new ArrayList<>();
        for (String[] label : labels) {
            if (label[0].equals("LABELLED")) {
                life.carriers().stream()
                        .flatMap(carrier -> carrier.book.stream())
                        .filter(sale -> sale.id.equals(label[1]))
                        .map(sale -> sale.content.substring(sale.content.indexOf(" in ") + 4))
                        .forEach(boxes -> labelled.addAll(List.of(boxes.split("\\+", -1))));
                String service = effective.path("service").asText();
                String account = service.equals("ground") ? "fake" : service.equals("express") ? "spare" : label[2];
                expect(
                        label[2].equals(account),
                        "bought elsewhere than said: " + order + " " + service + " at " + label[2]);
            }
        }
        List<String> boxes = new ArrayList<>();
        effective
                .path("parcels")
                .forEach(parcel -> boxes.add(parcel.path("reference").asText()));
        labelled.sort(null);
        boxes.sort(null);
        String all = order + " has " + boxes + ", and labels for " + labelled + ": " + story;
        expect(Set.copyOf(labelled).size() == labelled.size(), "a box with two labels: " + all);
        expect(boxes.containsAll(labelled), "a label for no box: " + all);
        boolean straight = labels.stream().allMatch(label -> label[0].equals("LABELLED"));
        expect(!straight || labels.isEmpty() || labelled.equals(boxes), "a box without a label: " + all);
    }

    private void stillOpen(String reason, String cause) {
        expectNone(reason + " is open though its cause is gone", """
                SELECT o.order_id || '-' || s.seq || ' ' || s.state FROM exception x JOIN shipment s ON s.id = x.shipment_uid
                JOIN orders o ON o.id = s.order_uid
                WHERE x.closed_at IS NULL AND x.reason = '%s' AND NOT (%s)""".formatted(reason, cause));
    }

    private void check(Life life, String id, String state, String chosen, String order) {
        List<LifeCarrier.Sale> all = life.carriers().stream()
                .flatMap(carrier -> carrier.book.stream())
                .filter(sale -> sale.ref.orderNumber().equals(order))
                .toList();
        List<LifeCarrier.Sale> sales = all.stream().filter(sale -> !sale.voided).toList();
        List<String> live = sales.stream().map(sale -> sale.id).toList();
        List<String> open = column("SELECT reason FROM exception WHERE closed_at IS NULL AND shipment_uid = ?", id);
        String where = order + " is " + state + " with " + chosen + "; live at the carrier " + live + "; open " + open;
        expect(AT_REST.contains(state) || !open.isEmpty(), "lost: " + where);
        expect(live.size() <= 1 || mentions(open), "bought twice and nobody told: " + where);
        expect(
                live.isEmpty() || (live.contains(chosen) && SOLD.contains(state)) || mentions(open),
                "a label nobody knows of: " + where);
        expect(!state.equals("LABELLED") || live.contains(chosen) || mentions(open), "its label is not live: " + where);
        expect(!state.equals("VOIDED") || !live.contains(chosen), "its label is still live: " + where);
        expect(!state.equals("REFUSED") || open.contains("carrier-refused"), "refused and nobody told: " + where);
        expect(!state.equals("REVIEW") || open.contains("purchase-unresolved"), "unresolved and nobody told: " + where);
        money(id, order, all);
        if (state.equals("LABELLED")) {
            String street = column("""
                    SELECT CASE WHEN o.erased_at IS NULL THEN o.effective ELSE '' END FROM orders o JOIN shipment s ON s.order_uid = o.id WHERE s.id = ?""", id).get(0);
            sales.stream()
                    .filter(sale -> sale.id.equals(chosen))
                    .map(sale -> sale.content.substring(0, sale.content.indexOf(" in ")))
                    .forEach(to -> expect(
                            street.isEmpty() || street.contains(to), "goes elsewhere: " + to + " " + where + street));
        }
    }

    /** Of what a person adopted by its number nobody knows the price. */
    private void money(String id, String order, List<LifeCarrier.Sale> sales) {
        boolean decided = !column("SELECT id FROM story WHERE shipment_uid = ? AND what = 'resolved'", id)
                .isEmpty();
        List<String> known = column("""
                SELECT carrier_shipment FROM shipment WHERE carrier_shipment IS NOT NULL AND id = ?
                UNION SELECT carrier_shipment FROM orphan WHERE shipment_uid = ?""", id, id);
        long back = sales.stream().filter(sale -> sale.voided).count();
        String charged = sum(id, "label_charge");
        String credited = sum(id, "void_credit");
        String all = order + " is charged " + charged + " and credited " + credited + "; known " + known
                + ", given back " + back;
        expect(decided || charged.equals(times(known.size())), "charged otherwise: " + all);
        expect(decided || credited.equals(times(-back)), "credited otherwise: " + all);
    }

    private static String times(long count) {
        return new BigDecimal("9.30")
                .multiply(BigDecimal.valueOf(count))
                .setScale(2)
                .toPlainString();
    }

    private String sum(String shipment, String kind) {
        return column(
                        "SELECT CAST(COALESCE(SUM(amount), 0) AS NUMERIC(19, 2)) FROM charge WHERE shipment_uid = ? AND kind = ? AND side = 'expected'",
                        shipment,
                        kind)
                .get(0);
    }

    private static boolean mentions(List<String> open) {
        return open.contains("purchase-unresolved")
                || open.contains("orphan-label")
                || open.contains("bought-anyway")
                || open.contains("void-refused");
    }

    /** Milliseconds until something is due soon; -1 when nothing is. */
    long untilNextDue() {
        List<String> next = column("""
                SELECT CAST(EXTRACT(EPOCH FROM MIN(at)) - EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) AS VARCHAR(40)) FROM (
                SELECT COALESCE(s.lease_until, s.due) AS at FROM shipment s
                WHERE s.state IN ('READY', 'BUYING', 'UNKNOWN', 'BOUGHT', 'VOIDING') AND NOT (s.state = 'BOUGHT' AND EXISTS
                (SELECT 1 FROM exception x WHERE x.shipment_uid = s.id AND x.closed_at IS NULL AND x.reason = 'label-gone'))
                UNION ALL SELECT due FROM orphan WHERE state = 'LIVE') d""");
        if (next.isEmpty() || next.get(0) == null) {
            return -1;
        }
        long millis = (long) (Double.parseDouble(next.get(0)) * 1000);
        return millis > BORED ? -1 : Math.max(0, millis);
    }

    /** For a person who looks for what went wrong. */
    List<String> standing() {
        return column("""
                SELECT o.order_id || '-' || s.seq || ' ' || s.state || ' at ' || s.account || ' due ' || s.due || ', ' || s.attempts || ' attempts' FROM shipment s JOIN orders o ON o.id = s.order_uid
                WHERE s.state IN ('READY', 'CHOOSING', 'BUYING', 'UNKNOWN', 'BOUGHT', 'VOIDING')
                UNION ALL SELECT 'orphan ' || carrier_shipment || ' due ' || due FROM orphan WHERE state = 'LIVE'""");
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
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
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
            throw new IllegalStateException(sql, e);
        }
    }

    private void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
