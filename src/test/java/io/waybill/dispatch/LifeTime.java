package io.waybill.dispatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Begins the ledger anew for each walk, and lets time pass in it. */
final class LifeTime {
    private static final long BORED = 7_200_000;

    private final LifeTables tables;
    private final List<String> children;
    private final Map<String, List<String>> times = new LinkedHashMap<>();

    LifeTime(LifeTables tables) {
        this.tables = tables;
        this.children = childrenFirst();
        for (String[] column : tables.rows("""
                SELECT table_name, column_name FROM information_schema.columns
                WHERE LOWER(table_schema) = 'public' AND LOWER(data_type) LIKE '%timestamp%'""", 2)) {
            if (children.contains(column[0])) {
                times.computeIfAbsent(column[0], table -> new ArrayList<>()).add(column[1]);
            }
        }
    }

    /** Empties the ledger, but for the audit log, which only grows. */
    void clear() {
        children.forEach(table -> tables.run("DELETE FROM \"" + table + "\""));
    }

    /** All there is happened so much earlier. */
    void pass(long millis) {
        String by = "INTERVAL '" + millis / 1000 + "." + "%03d".formatted(millis % 1000) + "' SECOND";
        times.forEach((table, columns) -> tables.run("UPDATE \"" + table + "\" SET "
                + String.join(
                        ", ",
                        columns.stream()
                                .map(column -> "\"" + column + "\" = \"" + column + "\" - " + by)
                                .toList())));
    }

    private List<String> childrenFirst() {
        List<String> left = new ArrayList<>(tables.column("""
                SELECT table_name FROM information_schema.tables
                WHERE LOWER(table_schema) = 'public' AND UPPER(table_name) NOT IN
                ('FLYWAY_SCHEMA_HISTORY', 'AUDIT_LOG', 'SCHEMA_FLOOR') AND table_type = 'BASE TABLE'
                ORDER BY table_name"""));
        List<String[]> keys = tables.rows("""
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

    /** Milliseconds until something is due soon; -1 when nothing is. */
    long untilNextDue() {
        List<String> next = tables.column("""
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
        return tables.column("""
                SELECT o.order_id || '-' || s.seq || ' ' || s.state || ' at ' || s.account || ' due ' || s.due || ', ' || s.attempts || ' attempts' FROM shipment s JOIN orders o ON o.id = s.order_uid
                WHERE s.state IN ('READY', 'CHOOSING', 'BUYING', 'UNKNOWN', 'BOUGHT', 'VOIDING')
                UNION ALL SELECT 'orphan ' || carrier_shipment || ' due ' || due FROM orphan WHERE state = 'LIVE'""");
    }
}
