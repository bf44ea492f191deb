package io.waybill.bench;

import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Subscriptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How many events a second leave the outbox for a sink that takes each at once: claimed, handed over, and recorded as taken. */
final class Deliveries {
    /** %T is the number as text. */
    private static final String OWED = """
            INSERT INTO outbox (id, sink, type, entity_id, sequence, namespace, subject, payload, state, attempts, due, created_at)
            SELECT 'evt_%1$s' || %2$s, 'oms', 'order.labelled', 'ord_%1$s' || %2$s, 1, 'acme', 'SO' || %2$s, '%3$s', 'PENDING', 0,
                CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
            FROM %4$s""";

    private static final String PAYLOAD = """
            {"specversion":"1.0","type":"order.labelled","data":{"orderId":"SO-1","shipments":[{"account":"ups-acme","service":"ground",
            "trackingNumbers":["1Z0000000000000001"],"charges":[{"type":"shipping","amount":"8.10","currency":"USD"}]}]}}""".replace("\n", "");

    private final Store store;

    Deliveries(Store store) {
        this.store = store;
    }

    void run(int events) throws Exception {
        Database database = store.next();
        Ledger.open(database, Subscriptions.NONE).close();
        try (Works works = new Works(database, List.of(new SteadyCarrier("D", Duration.ZERO).account("steady", 1)))) {
            deliver(works, database, "warm", events / 4);
            Cpu cpu = new Cpu(store);
            double seconds = deliver(works, database, "real", events);
            Purchases.say(
                    "%s: %,d events delivered in %.1f s, %.0f a second; %s",
                    store.kind, events, seconds, events / seconds, cpu.each(events));
        }
    }

    /** @return seconds from the commit that owes them */
    private double deliver(Works works, Database database, String name, int events) throws SQLException {
        int before = works.delivered.get();
        owe(database, name, events);
        long start = System.nanoTime();
        while (works.delivered.get() - before < events
                || works.ledger.<Boolean>read(tx -> tx.outbox().anyDue("oms"))) {
            LockSupport.parkNanos(20_000_000);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (works.delivered.get() - before != events) {
            throw new IllegalStateException("told " + (works.delivered.get() - before) + " and not " + events);
        }
        return seconds;
    }

    private void owe(Database database, String name, int events) throws SQLException {
        boolean h2 = store.kind.equals("h2");
        String numbers = (h2 ? "SYSTEM_RANGE(1, %d) AS g(n)" : "generate_series(1, %d) AS g(n)").formatted(events);
        String text = h2 ? "CAST(n AS VARCHAR)" : "CAST(n AS TEXT)";
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(OWED.formatted(name, text, PAYLOAD, numbers));
        }
    }
}
