package io.waybill.bench;

import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderSearch;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * Whether looking up and claiming cost the same with a thousand orders and with a million: medians in milliseconds. One
 * order in fifty is ready, one in a thousand is being bought and overdue, one in fifty is owed to the sink.
 */
final class Flat {
    private final Store store;
    private final int looks;
    private final Map<String, StringBuilder> lines = new LinkedHashMap<>();
    private final Map<String, double[]> ends = new LinkedHashMap<>();
    private final Random random = new Random(7);

    /** @param looks so many of each kind */
    Flat(Store store, int looks) {
        this.store = store;
        this.looks = looks;
    }

    void run(int most) throws Exception {
        Database database = store.next();
        int have = 0;
        StringBuilder head =
                new StringBuilder(String.format(Locale.ROOT, "%-9s %-34s", store.kind, "p50 in ms, orders:"));
        for (int size = 1_000; size <= most; size *= 10) {
            try (Ledger ledger = Ledger.open(database, (namespace, type) -> List.of("oms"))) {
                fill(database, have, size);
                have = size;
                head.append(String.format(Locale.ROOT, "%12d", size));
                look(ledger, size);
            }
        }
        System.out.println(head + "   last/first");
        lines.forEach((name, line) ->
                Purchases.say("%-9s %-34s%s%13.1f", "", name, line, ends.get(name)[1] / ends.get(name)[0]));
    }

    private void look(Ledger ledger, int size) {
        measure(
                ledger,
                size,
                "ready to buy, of one account",
                (tx, n) -> tx.due().ready("steady", 48));
        measure(
                ledger,
                size,
                "due in one state, of one account",
                (tx, n) -> tx.due().of("steady", ShipmentState.BOUGHT, 20));
        measure(ledger, size, "unsettled, of one account", (tx, n) -> tx.due().unsettled("steady", 20));
        measure(ledger, size, "held until now", (tx, n) -> tx.due().heldUntilNow(100));
        measure(ledger, size, "to be tracked", (tx, n) -> tx.journeys().claim("steady", 20, Duration.ZERO));
        measure(
                ledger,
                size,
                "order by its number, locked",
                (tx, n) -> tx.orders().lock("acme", "SO" + n));
        measure(ledger, size, "search by orderId", (tx, n) -> search(tx, null, "SO" + n, null));
        measure(ledger, size, "search by tracking number", (tx, n) -> search(tx, null, null, "1Z" + n));
        measure(ledger, size, "list page", (tx, n) -> search(tx, null, null, null));
        measure(
                ledger,
                size,
                "list page of a namespace",
                (tx, n) -> tx.orders()
                        .search(
                                new OrderSearch(null, null, null, null, null, null, null, 50),
                                Namespaces.of(Set.of("rare"))));
        measure(ledger, size, "list page before an order", (tx, n) -> search(tx, "ord_" + n, null, null));
        measure(ledger, size, "claim 20 from the outbox", (tx, n) -> {
            tx.outbox()
                    .claim("oms", "bench", Duration.ofMinutes(2), 20)
                    .forEach(claim -> tx.outbox().release(claim, "bench"));
        });
        measure(ledger, size, "forget 100 orders", (tx, n) -> {
            List<String> ids = IntStream.range(n - n % 100, n - n % 100 + 100)
                    .mapToObj(number -> "ord_" + number)
                    .toList();
            tx.erasure().erase(List.copyOf(tx.orders().lock(ids).get().values()));
        });
    }

    private static void search(Tx tx, String before, String orderId, String number) {
        tx.orders().search(new OrderSearch(null, orderId, number, null, null, null, before, 50), Namespaces.ALL);
    }

    private void measure(Ledger ledger, int size, String name, BiConsumer<Tx, Integer> look) {
        Spread spread = new Spread();
        for (int i = 0; i < looks; i++) {
            int number = 10_000_000 + random.nextInt(size);
            long start = System.nanoTime();
            ledger.commitSoon(tx -> {
                look.accept(tx, number);
                return true;
            });
            if (i >= looks / 4) {
                spread.add(System.nanoTime() - start);
            }
            if (System.nanoTime() - start > 2_000_000_000L && i > 4) {
                break;
            }
        }
        double median = spread.millis(0.5);
        lines.computeIfAbsent(name, fresh -> new StringBuilder()).append(String.format(Locale.ROOT, "%12.2f", median));
        ends.computeIfAbsent(name, fresh -> new double[] {median, median})[1] = median;
    }

    /** Numbers from {@code from} up to {@code to}, written by the store itself. */
    private void fill(Database database, int from, int to) throws SQLException {
        String numbers = store.kind.equals("h2")
                ? "SYSTEM_RANGE(%d, %d) AS g(n)"
                : "generate_series(CAST(%d AS BIGINT), CAST(%d AS BIGINT)) AS g(n)";
        String text = store.kind.equals("h2") ? "CAST(n AS VARCHAR)" : "CAST(n AS TEXT)";
        String bytes = store.kind.equals("h2") ? "X''" : "CAST('' AS BYTEA)";
        String now = "CURRENT_TIMESTAMP";
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            for (int at = from; at < to; at += 50_000) {
                String range = numbers.formatted(10_000_000 + at, 10_000_000 + Math.min(to, at + 50_000) - 1);
                for (String insert : List.of(
                        "INSERT INTO orders (id, namespace, order_id, revision, content_sha256, content, effective,"
                                + " release_rule, channel, source, recipient, event_sequence, received_at, updated_at)"
                                + " SELECT 'ord_' || %T, CASE WHEN MOD(n, 10) = 0 THEN 'rare' ELSE 'acme' END, 'SO' || %T, 1, 'x', '{}', '{}', 'now', 'api', 'erp', 'Jane Roe', 1, %N, %N FROM ",
                        "INSERT INTO shipment (id, order_uid, seq, reason, account, carrier, service, label_format,"
                                + " label_size, label_dpi, state, fence, owner, lease_until, due, attempts, lookups, hold_reason, track_due, lane,"
                                + " created_at, imported) SELECT 'shp_' || %T, 'ord_' || %T, 1, 'order', 'steady',"
                                + " 'steady', 'ground', 'PDF', '4x6', 203, CASE WHEN MOD(n, 50) = 7 THEN 'READY'"
                                + " WHEN MOD(n, 50) = 8 THEN 'HELD' WHEN MOD(n, 1000) = 9 THEN 'BUYING' ELSE 'LABELLED' END, 1,"
                                + " CASE WHEN MOD(n, 1000) = 9 THEN 'x' END, CASE WHEN MOD(n, 1000) = 9 THEN %N END, %N, 1, 0,"
                                + " CASE WHEN MOD(n, 50) = 8 THEN 'packed' END, CASE WHEN MOD(n, 50) = 3 THEN %N END, '1acme/erp', %N, FALSE FROM ",
                        "INSERT INTO shipment_number (shipment_uid, kind, parcel, number_value, first_seen)"
                                + " SELECT 'shp_' || %T, 'tracking', 1, '1Z' || %T, %N FROM ",
                        "INSERT INTO inbox (source, idem_key, body_sha256, order_uid, result, received_at)"
                                + " SELECT 'erp', %T, 'x', 'ord_' || %T, 'ACCEPTED', %N FROM ",
                        "INSERT INTO source_document (id, source, channel, order_uid, media_type, sha256, gzip, received_at)"
                                + " SELECT 'doc_' || %T, 'erp', 'api', 'ord_' || %T, 'application/json', 'x', %B, %N FROM ",
                        "INSERT INTO outbox (id, sink, type, entity_id, sequence, namespace, subject, payload, state,"
                                + " attempts, due, created_at) SELECT 'evt_' || %T, 'oms', 'order.labelled', 'ord_' || %T, 1,"
                                + " 'acme', 'SO' || %T, '{}', CASE WHEN MOD(n, 50) = 1 THEN 'PENDING' ELSE 'SENT' END, 0, %N, %N FROM ")) {
                    statement.execute(
                            insert.replace("%T", text).replace("%N", now).replace("%B", bytes) + range);
                }
            }
            statement.execute(store.kind.equals("h2") ? "ANALYZE" : "VACUUM ANALYZE");
        }
    }
}
