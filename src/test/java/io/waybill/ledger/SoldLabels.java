package io.waybill.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Puts labels that were bought some time ago into a store, as buying and scanning them would have left them. */
public final class SoldLabels {
    private SoldLabels() {}

    /**
     * @param parts what the label reply said it costs, by type
     * @param voided given back at once
     */
    public record Label(
            String orderId, String tracking, LocalDate bought, Map<String, BigDecimal> parts, boolean voided) {

        public BigDecimal expected() {
            return voided ? BigDecimal.ZERO : parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    public static void put(Database database, String account, String currency, List<Label> labels) {
        put(database, "acme", account, currency, labels);
    }

    public static void put(Database database, String namespace, String account, String currency, List<Label> labels) {
        try (HikariDataSource pool = database.open()) {
            Jdbi.create(pool).useTransaction(handle -> put(handle, namespace, account, currency, labels));
        }
    }

    /** Takes back that parcels were scanned. */
    public static void unscan(Database database, List<String> tracking) {
        try (HikariDataSource pool = database.open()) {
            Jdbi.create(pool).useHandle(handle -> {
                PreparedBatch batch = handle.prepareBatch("""
                            UPDATE shipment SET tracking_status = 'pending', tracking_at = NULL WHERE id IN (
                                SELECT shipment_uid FROM shipment_number WHERE number_value = :tracking)""");
                tracking.forEach(number -> batch.bind("tracking", number).add());
                if (!tracking.isEmpty()) {
                    batch.execute();
                }
            });
        }
    }

    /** Takes back that labels were owed once they were made: now they are once they are scanned. */
    public static void chargeOnScan(Database database, List<String> tracking) {
        try (HikariDataSource pool = database.open()) {
            Jdbi.create(pool)
                    .useHandle(handle -> handle.createUpdate("""
                            UPDATE charge SET charge_event = 'on_carrier_acceptance'
                            WHERE side = 'expected' AND shipment_uid IN (
                                SELECT shipment_uid FROM shipment_number WHERE number_value IN (<tracking>))""")
                            .bindList("tracking", tracking)
                            .execute());
        }
    }

    private static void put(Handle handle, String namespace, String account, String currency, List<Label> labels) {
        PreparedBatch orders = handle.prepareBatch("""
                INSERT INTO orders (id, namespace, order_id, revision, content_sha256, content, effective, release_rule,
                    channel, source, reference, event_sequence, received_at, updated_at)
                VALUES (:order, :namespace, :orderId, 1, 'x', '{}', :effective, 'now', 'file', 'erp', :reference, 0, :at, :at)""");
        PreparedBatch shipments = handle.prepareBatch("""
                INSERT INTO shipment (id, order_uid, seq, reason, account, carrier, label_format, label_size, label_dpi, state,
                    fence, due, attempts, lookups, created_at, bought_at, imported, tracking_status, tracking_at)
                VALUES (:shipment, :order, 1, 'order', :account, 'ups', 'PDF', '4x6', 203, :state, 1, :at, 1, 0, :at, :at,
                    FALSE, 'in_transit', :at)""");
        PreparedBatch numbers = handle.prepareBatch("""
                INSERT INTO shipment_number (shipment_uid, kind, parcel, number_value, first_seen)
                VALUES (:shipment, 'tracking', 1, :tracking, :at)""");
        PreparedBatch charges = handle.prepareBatch("""
                INSERT INTO charge (id, namespace, account, carrier, order_uid, order_id, shipment_uid, side, kind, type, amount,
                    currency, source, source_ref, cost_center, occurred_at, recorded_at)
                VALUES (:charge, :namespace, :account, 'ups', :order, :orderId, :shipment, 'expected', :kind, :type, :amount,
                    :currency, 'label-reply', 'ref', 'CC-1', :at, :at)""");
        for (Label label : labels) {
            String shipment = Ids.next("shp");
            String order = Ids.next("ord");
            OffsetDateTime at = label.bought().atTime(12, 0).atOffset(ZoneOffset.UTC);
            orders.bind("order", order)
                    .bind("namespace", namespace)
                    .bind("orderId", label.orderId())
                    .bind("reference", "PO-" + label.orderId())
                    .bind("effective", "{\"shipTo\":{\"country\":\"US\",\"postalCode\":\"78701\"}}")
                    .bind("at", at)
                    .add();
            shipments
                    .bind("shipment", shipment)
                    .bind("order", order)
                    .bind("account", account)
                    .bind("state", label.voided() ? "VOIDED" : "LABELLED")
                    .bind("at", at)
                    .add();
            numbers.bind("shipment", shipment)
                    .bind("tracking", label.tracking())
                    .bind("at", at)
                    .add();
            label.parts().forEach((type, amount) -> {
                for (String kind : label.voided() ? List.of("label_charge", "void_credit") : List.of("label_charge")) {
                    charges.bind("charge", Ids.next("chg"))
                            .bind("namespace", namespace)
                            .bind("account", account)
                            .bind("order", order)
                            .bind("orderId", label.orderId())
                            .bind("shipment", shipment)
                            .bind("kind", kind)
                            .bind("type", type)
                            .bind("amount", kind.equals("void_credit") ? amount.negate() : amount)
                            .bind("currency", currency)
                            .bind("at", at)
                            .add();
                }
            });
        }
        if (!labels.isEmpty()) {
            List.of(orders, shipments, numbers, charges).forEach(PreparedBatch::execute);
        }
    }
}
