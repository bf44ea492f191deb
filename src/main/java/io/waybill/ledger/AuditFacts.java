package io.waybill.ledger;

import io.waybill.order.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What the hub itself knows of shipments that an invoice bills. */
public final class AuditFacts {
    private final Handle handle;

    AuditFacts(Handle handle) {
        this.handle = handle;
    }

    /**
     * A shipment, its days in UTC.
     *
     * @param deliveredOn as tracking says of what was not sent back, and on a day that had come; null while nothing says so
     * @param scanned whether anybody but who made the label has seen the parcel
     * @param manifest the number of the paper it was handed over in, or the hub's id of it; null for none
     */
    public record Known(
            String id,
            String namespace,
            ShipmentState state,
            @Nullable LocalDate deliveredOn,
            @Nullable LocalDate boughtOn,
            boolean scanned,
            @Nullable String manifest) {}

    /**
     * What a shipment was expected to cost, by type.
     *
     * @param orphan of labels beside its own
     */
    public record Expected(String shipment, String type, boolean orphan, String currency, BigDecimal amount) {}

    public List<Known> shipments(List<String> ids) {
        return handle.createQuery(
                        """
                        SELECT s.id, o.namespace, s.state, (SELECT %s FROM tracking_event t
                            WHERE t.shipment_uid = s.id AND t.status = 'delivered'
                                AND t.happened_at <= t.recorded_at + INTERVAL '1' DAY AND %s) AS delivered_on,
                            %s AS bought_on,
                            CASE WHEN s.tracking_status NOT IN ('pending', 'unknown', 'cancelled') THEN TRUE
                                ELSE EXISTS (SELECT 1 FROM tracking_event e WHERE e.shipment_uid = s.id
                                    AND e.status NOT IN ('pending', 'unknown', 'cancelled')) END AS scanned,
                            COALESCE(m.number_value, s.manifest_id) AS manifest
                        FROM shipment s JOIN orders o ON o.id = s.order_uid
                        LEFT JOIN manifest m ON m.id = s.manifest_id WHERE s.id IN (<ids>)""".formatted(UtcDay.of("MAX(t.happened_at)"), TrackingBook.NOT_BACK, UtcDay.of("s.bought_at")))
                .bindList("ids", ids)
                .map(ConstructorMapper.of(Known.class))
                .list();
    }

    /** Whose these are, by shipment. */
    public Map<String, String> namespaces(List<String> shipments) {
        Map<String, String> namespaces = new HashMap<>();
        handle.createQuery("""
                        SELECT s.id, o.namespace FROM shipment s JOIN orders o ON o.id = s.order_uid
                        WHERE s.id IN (<ids>)""")
                .bindList("ids", shipments)
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(one -> namespaces.put(one.getKey(), one.getValue()));
        return namespaces;
    }

    /** When each namespace bought the first parcel of an account of which any scan is known, in UTC. */
    public Map<String, LocalDate> trackedSince(String account) {
        Map<String, LocalDate> since = new HashMap<>();
        handle.createQuery("""
                        SELECT o.namespace, %s FROM shipment s
                        JOIN orders o ON o.id = s.order_uid
                        WHERE s.account = :account AND s.tracking_at IS NOT NULL AND s.bought_at IS NOT NULL
                        GROUP BY o.namespace""".formatted(UtcDay.of("MIN(s.bought_at)")))
                .bind("account", account)
                .map((row, context) -> Map.entry(row.getString(1), row.getObject(2, LocalDate.class)))
                .forEach(one -> since.put(one.getKey(), one.getValue()));
        return since;
    }

    /** Where these go, by shipment: {@code US-78701}. What was erased is left out. */
    public Map<String, String> destinations(List<String> shipments) {
        Map<String, String> destinations = new HashMap<>();
        handle.createQuery("""
                        SELECT s.id, o.effective FROM shipment s JOIN orders o ON o.id = s.order_uid
                        WHERE s.id IN (<ids>)""")
                .bindList("ids", shipments)
                .map((row, context) ->
                        Map.entry(row.getString(1), Json.kept(row.getString(2)).path("shipTo")))
                .forEach(to -> {
                    if (to.getValue().hasNonNull("country")) {
                        destinations.put(
                                to.getKey(),
                                to.getValue().path("country").asText() + "-"
                                        + to.getValue().path("postalCode").asText());
                    }
                });
        return destinations;
    }

    /** Of which other account these numbers are labels, as far as whoever owns the invoice may know. */
    public Map<String, String> otherAccounts(InvoiceRow invoice, Collection<String> numbers) {
        Map<String, String> accounts = new HashMap<>();
        if (!numbers.isEmpty()) {
            handle.createQuery("""
                            SELECT n.number_value, MIN(s.account) FROM shipment_number n
                            JOIN shipment s ON s.id = n.shipment_uid JOIN orders o ON o.id = s.order_uid
                            WHERE n.number_value IN (<numbers>) AND s.account <> :account
                                AND (:namespace = '*' OR o.namespace = :namespace)
                            GROUP BY n.number_value""")
                    .bindList("numbers", List.copyOf(numbers))
                    .bind("account", invoice.account())
                    .bind("namespace", invoice.namespace())
                    .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                    .forEach(one -> accounts.put(one.getKey(), one.getValue()));
        }
        return accounts;
    }

    public List<Expected> expected(List<String> shipments) {
        return handle.createQuery("""
                        SELECT c.shipment_uid AS shipment, c.type, c.currency, SUM(c.amount) AS amount,
                            CASE WHEN c.reason = 'orphan' THEN TRUE ELSE FALSE END AS orphan
                        FROM charge c WHERE c.shipment_uid IN (<ids>) AND c.side = 'expected'
                        GROUP BY c.shipment_uid, c.type, c.currency, CASE WHEN c.reason = 'orphan' THEN TRUE ELSE FALSE END
                        ORDER BY c.shipment_uid, c.type""")
                .bindList("ids", shipments)
                .map(ConstructorMapper.of(Expected.class))
                .list();
    }
}
