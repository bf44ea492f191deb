package io.waybill.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What each namespace has switched; nothing is switched until somebody does. */
public final class RolloutBook {
    private static final RecordMapper<Switch> SWITCH = RecordMapper.of(Switch.class);
    private static final String COLUMNS = "SELECT namespace, kind, name, is_on, opens_at, closes_at, was_on,"
            + " was_opens_at, was_closes_at, change_id, changed_by, changed_at, reason FROM rollout_switch ";
    private static final String FOR_DOCUMENTS = COLUMNS + "WHERE (kind = 'CHANNEL' AND namespace = ANY(:namespaces))"
            + " OR (kind = 'SHADOW' AND name = ANY(:sources))";

    private static final String STAGES =
            "SELECT namespace, is_on FROM rollout_switch WHERE name = :stage AND kind = 'STAGE'";

    /** Any moment, so that H2 takes the index of the reason and not that of the state, and reads what is held for any other. */
    static final String HELD_BY_STAGE = """
            SELECT o.namespace, COUNT(*) AS held FROM shipment s JOIN orders o ON o.id = s.order_uid
            WHERE s.state = 'HELD' AND s.hold_reason = 'stageOff'
              AND s.due >= TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00'
            GROUP BY o.namespace""";

    private static final RecordMapper<Turned> TURNED = RecordMapper.of(Turned.class);

    private final Handle handle;
    private final Subscriptions subscriptions;

    RolloutBook(Handle handle, Subscriptions subscriptions) {
        this.handle = handle;
        this.subscriptions = subscriptions;
    }

    /** A stage somebody switched. */
    record Turned(String namespace, boolean isOn) {}

    /** The namespaces whose stage is off: as somebody switched it, else as the settings say. */
    public Set<String> off(Stage stage) {
        return askOff(stage).get();
    }

    /** The same of a moment within {@link Tx#together}. */
    public Asked<Set<String>> askOff(Stage stage) {
        return Sql.of(handle, STAGES).bind("stage", stage.word()).ask(TURNED).map(turned -> off(stage, turned));
    }

    private Set<String> off(Stage stage, List<Turned> all) {
        Set<String> off = new HashSet<>(subscriptions.off(stage));
        for (Turned turned : all) {
            if (turned.isOn()) {
                off.remove(turned.namespace());
            } else {
                off.add(turned.namespace());
            }
        }
        return off;
    }

    /** How many shipments each namespace has that wait for its labels to be switched on. */
    public Map<String, Long> heldByStage() {
        return handle.createQuery(HELD_BY_STAGE)
                .map((row, context) -> Map.entry(row.getString("namespace"), row.getLong("held")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * What a namespace has seen so far.
     *
     * @param labels that stand, bought here or elsewhere
     * @param rejections orders that wait for a correction
     * @param bills charges an invoice brought
     */
    public record Seen(long labels, long rejections, long bills) {}

    public Seen seen(String namespace) {
        return handle.createQuery("""
                        SELECT (SELECT COUNT(*) FROM shipment s JOIN orders o ON o.id = s.order_uid
                                WHERE o.namespace = :namespace AND s.state = 'LABELLED') AS labels,
                            (SELECT COUNT(*) FROM exception e WHERE e.namespace = :namespace
                                AND e.reason = 'order-rejected' AND e.closed_at IS NULL) AS rejections,
                            (SELECT COUNT(*) FROM charge c WHERE c.namespace = :namespace AND c.side = 'billed') AS bills""")
                .bind("namespace", namespace)
                .map(ConstructorMapper.of(Seen.class))
                .one();
    }

    /**
     * Those that wait for labels for ever come to their date now, and not those that could not be released a moment ago; what
     * was not followed is asked for now.
     */
    public void wake(String namespace, Stage stage) {
        if (stage == Stage.LABELS) {
            handle.createUpdate("""
                UPDATE shipment SET due = CURRENT_TIMESTAMP
                WHERE state = 'HELD' AND hold_reason = 'stageOff' AND due > CURRENT_TIMESTAMP + INTERVAL '365' DAY
                    AND order_uid IN (SELECT o.id FROM orders o WHERE o.namespace = :namespace)""").bind("namespace", namespace).execute();
        } else if (stage == Stage.TRACKING) {
            handle.createUpdate("""
                UPDATE shipment SET track_due = CURRENT_TIMESTAMP
                WHERE track_due > CURRENT_TIMESTAMP
                    AND order_uid IN (SELECT o.id FROM orders o WHERE o.namespace = :namespace)""").bind("namespace", namespace).execute();
        }
    }

    /** What decides whether documents are taken in. */
    public Asked<Switches> forDocuments(Collection<String> namespaces, Collection<String> sources) {
        return Sql.of(handle, FOR_DOCUMENTS)
                .bindArray("namespaces", namespaces)
                .bindArray("sources", sources)
                .ask(SWITCH)
                .map(Switches::new);
    }

    public List<Switch> all(Namespaces scope) {
        return scope.filter(handle.createQuery(
                        COLUMNS + "WHERE " + scope.condition("namespace") + " ORDER BY namespace, kind, name"))
                .map(SWITCH)
                .list();
    }

    /** The channels of a namespace, nobody else's to change until the end of this transaction. */
    public List<Switch> lockChannels(String namespace) {
        return handle.createQuery(
                        COLUMNS + "WHERE namespace = :namespace AND kind = 'CHANNEL' ORDER BY name FOR UPDATE")
                .bind("namespace", namespace)
                .map(SWITCH)
                .list();
    }

    /** A part of the change a channel was last changed by is changed again: nothing of it can be rolled back any more. */
    public void passOver(Switch part) {
        if (part.changeId() != null) {
            handle.createUpdate("""
                            UPDATE rollout_switch SET change_id = NULL
                            WHERE namespace = :namespace AND kind = 'CHANNEL' AND change_id = :change""")
                    .bind("namespace", part.namespace())
                    .bind("change", part.changeId())
                    .execute();
        }
    }

    /** A source has one switch, whatever its namespace was when it was switched. */
    public void set(Switch row) {
        handle.createUpdate("DELETE FROM rollout_switch WHERE kind = :kind AND name = :name"
                        + " AND (namespace = :namespace OR kind = 'SHADOW')")
                .bind("namespace", row.namespace())
                .bind("kind", row.kind().name())
                .bind("name", row.name())
                .execute();
        handle.createUpdate("""
            INSERT INTO rollout_switch (namespace, kind, name, is_on, opens_at, closes_at, was_on, was_opens_at,
                was_closes_at, change_id, changed_by, changed_at, reason)
            VALUES (:namespace, :kind, :name, :isOn, :opensAt, :closesAt, :wasOn, :wasOpensAt, :wasClosesAt,
                :changeId, :changedBy, CURRENT_TIMESTAMP, :reason)""")
                .bind("namespace", row.namespace())
                .bind("kind", row.kind().name())
                .bind("name", row.name())
                .bind("isOn", row.isOn())
                .bind("opensAt", time(row.opensAt()))
                .bind("closesAt", time(row.closesAt()))
                .bind("wasOn", row.wasOn())
                .bind("wasOpensAt", time(row.wasOpensAt()))
                .bind("wasClosesAt", time(row.wasClosesAt()))
                .bind("changeId", row.changeId())
                .bind("changedBy", row.changedBy())
                .bind("reason", row.reason())
                .execute();
    }

    /** Counts an order a channel refused; switching it begins anew. */
    public void refused(Switch gate, String orderId) {
        handle.createUpdate(
                        "UPDATE rollout_switch SET refused = refused + 1, refused_order = :order,"
                                + " refused_at = CURRENT_TIMESTAMP WHERE namespace = :namespace AND kind = 'CHANNEL' AND name = :name")
                .bind("order", orderId)
                .bind("namespace", gate.namespace())
                .bind("name", gate.name())
                .execute();
    }

    /**
     * What a channel refused since it was switched.
     *
     * @param refusedOrder the last one
     */
    public record Refused(
            String name,
            long refused,
            @Nullable String refusedOrder,
            @Nullable Instant refusedAt) {}

    /** Of the channels of a namespace. */
    public List<Refused> refused(String namespace) {
        return handle.createQuery("SELECT name, refused, refused_order, refused_at FROM rollout_switch"
                        + " WHERE namespace = :namespace AND kind = 'CHANNEL' AND refused > 0")
                .bind("namespace", namespace)
                .map(ConstructorMapper.of(Refused.class))
                .list();
    }

    /** Namespaces that have orders, whatever the settings know. */
    public boolean hasOrders(String namespace) {
        return !Sql.of(handle, "SELECT namespace FROM orders WHERE namespace = :namespace LIMIT 1")
                .bind("namespace", namespace)
                .strings()
                .isEmpty();
    }

    private static java.time.@Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
