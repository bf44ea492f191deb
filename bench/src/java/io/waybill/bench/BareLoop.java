package io.waybill.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Subscriptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The floor: the rows of one purchase written by plain JDBC in the same three commits with the same 20 ms between, the
 * same durability, as many loops at once as the hub has workers, and nothing else: no checks, no reads, no JSON, no
 * claims that could be lost, no deliveries.
 */
final class BareLoop implements AutoCloseable {
    private static final String CONTENT = Works.order("SO-1000000").toString();
    private static final String NOW = "CURRENT_TIMESTAMP";
    private static final String EVENT = "{\"specversion\":\"1.0\",\"data\":" + CONTENT + "}";

    private final Ledger ledger;
    private final HikariDataSource pool;
    private final SteadyCarrier carrier;
    private final boolean barrier;

    BareLoop(Database database, SteadyCarrier carrier) {
        this.ledger = Ledger.open(database, Subscriptions.NONE);
        this.carrier = carrier;
        this.barrier = database.isEmbedded();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(24);
        this.pool = new HikariDataSource(config);
    }

    /** @return purchases a second */
    double run(int orders, int loops) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(loops);
        long start = System.nanoTime();
        for (int i = 0; i < loops; i++) {
            workers.execute(() -> {
                while (next.incrementAndGet() <= orders) {
                    purchase();
                }
            });
        }
        workers.shutdown();
        if (!workers.awaitTermination(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the bare loop did not end");
        }
        return orders / ((System.nanoTime() - start) / 1e9);
    }

    private void purchase() {
        String id = UUID.randomUUID().toString();
        commit(connection -> takeIn(connection, id));
        commit(connection -> intend(connection, id));
        carrier.buy(Plain.prepared(id));
        commit(connection -> record(connection, id));
    }

    private static void takeIn(Connection c, String id) throws SQLException {
        run(
                c,
                "INSERT INTO orders (id, namespace, order_id, revision, content_sha256, content, effective, release_rule,"
                        + " channel, source, recipient, reference, event_sequence, received_at, updated_at) VALUES"
                        + " (?, 'acme', ?, 1, ?, ?, ?, 'now', 'api', 'erp', 'Jane Roe', 'PO-7781', 1, " + NOW + ", "
                        + NOW + ")",
                id,
                id,
                id,
                CONTENT,
                CONTENT);
        run(
                c,
                "INSERT INTO order_revision (order_uid, revision, content_sha256, content, channel, source, recorded_at)"
                        + " VALUES (?, 1, ?, ?, 'api', 'erp', " + NOW + ")",
                id,
                id,
                CONTENT);
        run(
                c,
                "INSERT INTO order_identifier (order_uid, ordinal, id_system, id_value) VALUES (?, 0, 'shop', ?)",
                id,
                id);
        run(
                c,
                "INSERT INTO shipment (id, order_uid, seq, reason, account, carrier, service, label_format, label_size,"
                        + " label_dpi, state, fence, due, attempts, lookups, created_at, imported) VALUES"
                        + " (?, ?, 1, 'order', 'steady', 'steady', 'ground', 'PDF', '4x6', 203, 'READY', 0, " + NOW
                        + ", 0, 0, "
                        + NOW + ", FALSE)",
                id,
                id);
        story(c, id, "received");
        run(
                c,
                "INSERT INTO inbox (source, idem_key, body_sha256, order_uid, result, received_at) VALUES"
                        + " ('erp', ?, ?, ?, 'ACCEPTED', " + NOW + ")",
                id,
                id,
                id);
    }

    private static void intend(Connection c, String id) throws SQLException {
        run(
                c,
                "UPDATE shipment SET state = 'BUYING', fence = fence + 1, owner = 'bare', attempts = 1, lease_until = "
                        + NOW + " + INTERVAL '120' SECOND WHERE id = ? AND state = 'READY' AND fence = 0",
                id);
        run(
                c,
                "INSERT INTO purchase_attempt (ref, shipment_uid, attempt, purchase_key, order_number, account, fence,"
                        + " state, sent_by, request_bytes, open_slot, created_at) VALUES"
                        + " (?, ?, 1, ?, ?, 'steady', 1, 'SENDING', 'bare', ?, ?, " + NOW + ")",
                id,
                id,
                id,
                id,
                Plain.REQUEST,
                id);
    }

    private static void record(Connection c, String id) throws SQLException {
        run(
                c,
                "UPDATE shipment SET state = 'LABELLED', carrier_shipment = ?, owner = NULL, lease_until = NULL, due = "
                        + NOW + ", bought_at = " + NOW + ", labelled_at = " + NOW + ", track_due = " + NOW
                        + " WHERE id = ? AND fence = 1 AND state IN ('BUYING', 'UNKNOWN', 'REVIEW')",
                id,
                id);
        run(
                c,
                "UPDATE purchase_attempt SET state = 'BOUGHT', response_bytes = ?, carrier_shipment = ?, open_slot = NULL,"
                        + " settled_at = " + NOW + " WHERE ref = ?",
                Plain.RESPONSE,
                id,
                id);
        run(
                c,
                "INSERT INTO shipment_number (shipment_uid, kind, parcel, number_value, first_seen) VALUES"
                        + " (?, 'tracking', 1, ?, " + NOW + ")",
                id,
                id);
        for (String type : new String[] {"shipping", "fuel"}) {
            run(
                    c,
                    "INSERT INTO charge (id, namespace, account, carrier, order_uid, order_id, shipment_uid, side, kind,"
                            + " type, amount, currency, source, source_ref, cost_center, charge_event, occurred_at, recorded_at)"
                            + " VALUES (?, 'acme', 'steady', 'steady', ?, ?, ?, 'expected', 'label_charge', ?, 7.42, 'USD',"
                            + " 'label-reply', ?, 'CC-100', 'on_creation', " + NOW + ", " + NOW + ")",
                    UUID.randomUUID().toString(),
                    id,
                    id,
                    id,
                    type,
                    id);
        }
        run(
                c,
                "INSERT INTO document (id, shipment_uid, kind, parcel, format, page_size, bytes, sha256, created_at,"
                        + " prints) VALUES (?, ?, 'shipping_label', 1, 'PDF', '4x6', ?, ?, " + NOW + ", 0)",
                id,
                id,
                Plain.LABEL,
                id);
        story(c, id, "bought");
        story(c, id, "labelled");
        for (String type : new String[] {"billing.charged", "order.labelled"}) {
            run(
                    c,
                    "INSERT INTO outbox (id, sink, type, entity_id, sequence, namespace, subject, payload, state, attempts,"
                            + " due, created_at) VALUES (?, 'oms', ?, ?, 2, 'acme', ?, ?, 'PENDING', 0, " + NOW + ", "
                            + NOW + ")",
                    UUID.randomUUID().toString(),
                    type,
                    id,
                    id,
                    EVENT);
        }
        run(c, "UPDATE orders SET event_sequence = event_sequence + 2 WHERE id = ?", id);
    }

    private static void story(Connection c, String id, String what) throws SQLException {
        run(
                c,
                "INSERT INTO story (id, order_uid, shipment_uid, happened_at, what, detail) VALUES (?, ?, ?, " + NOW
                        + ", ?, '{}')",
                UUID.randomUUID().toString(),
                id,
                id,
                what);
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void commit(Work work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            work.on(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (barrier) {
            ledger.commitAll(tx -> {});
        }
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void close() {
        pool.close();
        ledger.close();
    }

    /** What the rows hold. */
    private static final class Plain {
        static final byte[] REQUEST = new byte[90];
        static final byte[] RESPONSE = new byte[520];
        static final byte[] LABEL = new byte[SteadyCarrier.LABEL];

        static {
            new java.util.Random(2).nextBytes(LABEL);
        }

        static io.waybill.carrier.Prepared prepared(String id) {
            return new io.waybill.carrier.Prepared(
                    new io.waybill.carrier.Ref(
                            id, UUID.nameUUIDFromBytes(id.getBytes(java.nio.charset.StandardCharsets.UTF_8)), id),
                    REQUEST);
        }
    }
}
