package io.waybill.bench;

import io.waybill.Hub;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Subscriptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long the pages of a hub with many orders take, from the first byte asked to the last one read. One order in
 * twenty-five is held, one in a hundred refused with an exception, two in five delivered; everybody is called Jane, and by one of
 * 20,000 other names; one in a thousand has the same reference.
 */
final class Pages {
    private static final int LOOKS = 40;
    private static final int AT_ONCE = 50_000;

    /** Where the ids of late 2024 begin. */
    private static final String BEGIN = "_01JD";

    /** %T is the number as text, %I as the end of an id, %N now. */
    private static final List<String> INSERTS = List.of("""
            INSERT INTO orders (id, namespace, order_id, revision, content_sha256, content, effective, release_rule, channel,
                source, recipient, reference, event_sequence, received_at, updated_at)
            SELECT 'ord%I', CASE WHEN MOD(n, 10000) = 5 THEN 'rare' ELSE 'acme' END, 'SO' || %T, 1, 'x', %C, %C, 'now',
                CASE WHEN MOD(n, 5) = 0 THEN 'upload' ELSE 'api' END, 'erp', 'Jane Name' || MOD(n, 20000),
                CASE WHEN MOD(n, 1000) = 0 THEN 'PO-ALL' ELSE 'PO-' || %T END, 1, %N, %N
            FROM\s""", """
            INSERT INTO order_word (order_uid, word) SELECT 'ord%I', 'jane' FROM\s""", """
            INSERT INTO order_word (order_uid, word) SELECT 'ord%I', 'name' || MOD(n, 20000) FROM\s""", """
            INSERT INTO shipment (id, order_uid, seq, reason, account, carrier, service, label_format, label_size, label_dpi,
                state, fence, due, attempts, lookups, hold_reason, waiting_for, problem, tracking_status, labelled_at,
                created_at, imported)
            SELECT 'shp%I', 'ord%I', 1, 'order', 'steady', 'sandbox', 'ground', 'PDF', '4x6', 203,
                CASE WHEN MOD(n, 25) = 8 THEN 'HELD' WHEN MOD(n, 100) = 9 THEN 'REFUSED' ELSE 'LABELLED' END, 1, %N, 1, 0,
                CASE WHEN MOD(n, 25) = 8 THEN 'packed' END, CASE WHEN MOD(n, 25) = 8 THEN '/parcels/0/weight' END,
                CASE WHEN MOD(n, 100) = 9 THEN '[{"code":"carrier-refused","values":{"words":"no"}}]' END,
                CASE WHEN MOD(n, 5) < 2 THEN 'delivered' WHEN MOD(n, 5) = 2 THEN 'in_transit' END, %N, %N, FALSE
            FROM\s""", """
            INSERT INTO shipment_number (shipment_uid, kind, parcel, number_value, first_seen)
            SELECT 'shp%I', 'tracking', 1, '1Z' || %T, %N FROM\s""", """
            INSERT INTO charge (id, namespace, account, carrier, order_uid, order_id, shipment_uid, side, kind, type, amount,
                currency, source, occurred_at, recorded_at)
            SELECT 'chg%I', 'acme', 'steady', 'sandbox', 'ord%I', 'SO' || %T, 'shp%I', 'expected', 'label_charge', 'shipping',
                9.42, 'USD', 'label_reply', %N, %N FROM\s""", """
            INSERT INTO exception (id, reason, namespace, source, order_uid, order_id, shipment_uid, subject_id, open_slot,
                problems, occurrences, opened_at, due)
            SELECT 'exc%I', 'carrier-refused', 'acme', 'erp', 'ord%I', 'SO' || %T, 'shp%I', 'shp%I', 'slot%I', '[]', 1, %N, %N
            FROM\s""");

    private static final String CONTENT = """
            {"orderId":"SO","namespace":"acme","service":"ground","shipTo":{"name":"Jane Name","line1":"1 Main St","city":"Austin",
            "state":"TX","postalCode":"78701","country":"US","phone":"+15125550100"},"parcels":[{"reference":"box-1","weight":
            {"value":1.2,"unit":"kg"}}],"items":[{"sku":"MUG-1","description":"Mug","quantity":2,"unitPrice":{"amount":"12.50",
            "currency":"USD"},"hsCode":"691200","originCountry":"CN"}]}""".replace("\n", "");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Store store;

    Pages(Store store) {
        this.store = store;
    }

    void run(int orders) throws Exception {
        Database database = store.next();
        Ledger.open(database, Subscriptions.NONE).close();
        long begun = System.nanoTime();
        fill(database, orders);
        Purchases.say(
                "%-9s %,d orders written in %d s", store.kind, orders, (System.nanoTime() - begun) / 1_000_000_000);
        try (Hub hub = hub(database)) {
            pages(orders).forEach((name, path) -> measure(hub.address(), name, path));
        }
    }

    private static Map<String, String> pages(int orders) {
        int middle = orders / 2;
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("today", "/");
        pages.put("orders, newest", "/orders");
        pages.put("orders, from the middle on", "/orders?cursor=" + id(middle));
        for (String status : List.of(
                "held", "refused", "exception", "labelled", "in_transit", "delivered", "unresolved", "rejected")) {
            pages.put("orders, " + status, "/orders?status=" + status);
        }
        pages.put("orders, of a channel", "/orders?channel=upload");
        pages.put("orders, of a channel without any", "/orders?channel=sql");
        pages.put("orders, of a small namespace", "/orders?namespace=rare");
        pages.put("orders, held, of a small namespace", "/orders?status=held&namespace=rare");
        pages.put("orders, since a day after all", "/orders?since=2099-01-01");
        pages.put("orders, by number", "/orders?find=SO" + middle);
        pages.put("orders, by tracking number", "/orders?find=1Z" + middle);
        pages.put("orders, by reference", "/orders?find=PO-" + (middle + 1));
        pages.put("orders, by a reference of one in 1,000", "/orders?find=PO-ALL");
        pages.put("orders, by a common name", "/orders?find=jane");
        pages.put("orders, by a rare name", "/orders?find=jane+name" + middle % 20_000);
        pages.put("orders, by what nobody is called", "/orders?find=nobody+at+all");
        pages.put("one order", "/orders/" + id(middle));
        pages.put("exceptions", "/exceptions");
        return pages;
    }

    private static void measure(URI hub, String name, String path) {
        Spread spread = new Spread();
        int bytes = 0;
        for (int i = 0; i < LOOKS; i++) {
            long start = System.nanoTime();
            bytes = get(hub.resolve(path));
            if (i >= LOOKS / 4) {
                spread.add(System.nanoTime() - start);
            }
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%-38s p50 %7.1f ms   p99 %7.1f ms   %,8d bytes",
                name,
                spread.millis(0.5),
                spread.millis(0.99),
                bytes));
    }

    private static int get(URI page) {
        try {
            HttpResponse<byte[]> answer = HTTP.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(page + " answered " + answer.statusCode());
            }
            return answer.body().length;
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Hub hub(Database database) throws Exception {
        Path folder = Files.createTempDirectory("waybill-bench-pages");
        folder.toFile().deleteOnExit();
        return Hub.start(HubSettings.of(database, folder, HubSettings.IDLE_ACCOUNT, "defaults.namespace=acme"));
    }

    private static String id(int order) {
        return "ord" + BEGIN + String.format(Locale.ROOT, "%022d", order);
    }

    private String written(String insert) {
        String text = store.kind.equals("h2") ? "CAST(n AS VARCHAR)" : "CAST(n AS TEXT)";
        return insert.replace("%I'", BEGIN + "' || LPAD(" + text + ", 22, '0')")
                .replace("%T", text)
                .replace("%C", "'" + CONTENT + "'")
                .replace("%N", "CURRENT_TIMESTAMP");
    }

    private void fill(Database database, int orders) throws SQLException {
        String numbers = store.kind.equals("h2")
                ? "SYSTEM_RANGE(%d, %d) AS g(n)"
                : "generate_series(CAST(%d AS BIGINT), CAST(%d AS BIGINT)) AS g(n)";
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            for (int at = 0; at < orders; at += AT_ONCE) {
                String range = numbers.formatted(at, Math.min(orders, at + AT_ONCE) - 1);
                for (String insert : INSERTS) {
                    String refused = insert.contains("INTO exception") ? " WHERE MOD(n, 100) = 9" : "";
                    statement.execute(written(insert) + range + refused);
                }
            }
            statement.execute(store.kind.equals("h2") ? "ANALYZE" : "VACUUM ANALYZE");
        }
    }
}
