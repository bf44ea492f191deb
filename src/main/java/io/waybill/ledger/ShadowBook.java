package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** What came by sources that are only looked at, beside the orders that other channels brought. Nothing of it is ever bought. */
public final class ShadowBook {
    private static final String AGAIN = """
        UPDATE shadow_document SET namespace = :namespace, order_id = :orderId, channel = :channel,
            effective = :effective, problems = :problems, price_state = :priceState, carrier = NULL, service = NULL,
            amount = NULL, currency = NULL, times = times + 1, changed_at = CURRENT_TIMESTAMP
        WHERE source = :source AND document_key = :key""";
    private static final String FIRST = """
        INSERT INTO shadow_document (id, source, document_key, namespace, order_id, channel, effective, problems,
            price_state, times, received_at, changed_at)
        VALUES (:id, :source, :key, :namespace, :orderId, :channel, :effective, :problems, :priceState, 1,
            CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""";

    /** An order the source itself brought before it was only looked at is no other side. */
    private static final String PAIRS = """
        SELECT d.id, d.order_id, d.effective, d.problems, d.carrier, d.service, d.amount, d.currency,
            d.received_at, o.id AS order_uid, o.effective AS live
        FROM shadow_document d
        LEFT JOIN orders o ON o.namespace = d.namespace AND o.order_id = d.order_id AND o.source <> d.source
            AND EXISTS (SELECT 1 FROM shipment s WHERE s.order_uid = o.id)
        WHERE d.source = :source AND d.changed_at >= :since AND d.id > :after AND %s
        ORDER BY d.id LIMIT :limit""";

    /** Orders of the namespace the source never told of, since it began to be looked at. */
    private static final String LIVE_ONLY = """
        SELECT o.id, o.order_id, o.source FROM orders o
        WHERE o.namespace = :namespace AND o.source <> :source AND o.received_at >= :since AND o.id > :after
            AND EXISTS (SELECT 1 FROM shipment s WHERE s.order_uid = o.id)
            AND NOT EXISTS (SELECT 1 FROM shadow_document d
                            WHERE d.source = :source AND d.namespace = o.namespace AND d.order_id = o.order_id)
        ORDER BY o.id LIMIT :limit""";

    /** An order's id is of its hub's clock, and when it came is of the database's. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final Handle handle;

    ShadowBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A document that was looked at.
     *
     * @param key its namespace and number within the source, or its place where it has none
     * @param effective canonical JSON with defaults; null when it would be no order
     * @param problems JSON of what is wrong with it, or null
     * @param priced whether it is to be rated
     */
    public record Document(
            String source,
            String key,
            String namespace,
            @Nullable String orderId,
            String channel,
            @Nullable String effective,
            @Nullable String problems,
            boolean priced) {}

    /** The document beside what another channel brought under its number; {@code live} and all of that side may be null. */
    public record Pair(
            String id,
            @Nullable String orderId,
            @Nullable String effective,
            @Nullable String problems,
            @Nullable String carrier,
            @Nullable String service,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            Instant receivedAt,
            @Nullable String orderUid,
            @Nullable String live) {}

    public record LiveOnly(String id, String orderId, String source) {}

    /** @param times how often the document came by then; who rates one that came again since rates in vain */
    public record Unpriced(String id, String effective, int times) {}

    /** Keeps the newest of what comes under one key. */
    public void keep(Document document) {
        if (bind(AGAIN, document).execute() == 0) {
            bind(FIRST, document).bind("id", Ids.next("shd")).execute();
        }
    }

    private Update bind(String sql, Document document) {
        return handle.createUpdate(sql)
                .bind("source", document.source())
                .bind("key", document.key())
                .bind("namespace", document.namespace())
                .bind("orderId", document.orderId())
                .bind("channel", document.channel())
                .bind("effective", document.effective())
                .bind("problems", document.problems())
                .bind("priceState", document.priced() ? "WAITING" : "NONE");
    }

    public List<Unpriced> unpriced(int limit) {
        return handle.createQuery("""
            SELECT id, effective, times FROM shadow_document
            WHERE price_state = 'WAITING' ORDER BY price_state, id LIMIT :limit""")
                .bind("limit", limit)
                .map(ConstructorMapper.of(Unpriced.class))
                .list();
    }

    /** What it would cost; null where nobody could say. */
    public void price(
            Unpriced row,
            @Nullable String carrier,
            @Nullable String service,
            @Nullable BigDecimal amount,
            @Nullable String currency) {
        handle.createUpdate("""
            UPDATE shadow_document SET price_state = :state, carrier = :carrier, service = :service,
                amount = :amount, currency = :currency
            WHERE id = :id AND times = :times""")
                .bind("state", amount == null ? "NONE" : "PRICED")
                .bind("carrier", carrier)
                .bind("service", service)
                .bind("amount", amount)
                .bind("currency", currency)
                .bind("id", row.id())
                .bind("times", row.times())
                .execute();
    }

    /** @param after the id of the last of the page before; empty for the first page */
    public List<Pair> pairs(String source, Namespaces scope, Instant since, String after, int limit) {
        return scope.filter(handle.createQuery(PAIRS.formatted(scope.condition("d.namespace")))
                        .bind("source", source)
                        .bind("since", since.atOffset(ZoneOffset.UTC))
                        .bind("after", after)
                        .bind("limit", limit))
                .map(ConstructorMapper.of(Pair.class))
                .list();
    }

    public List<LiveOnly> liveOnly(String source, String namespace, Instant since, String after, int limit) {
        return handle.createQuery(LIVE_ONLY)
                .bind("source", source)
                .bind("namespace", namespace)
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .bind("after", later(after, Ids.from("ord", since.minus(CLOCKS_DIFFER))))
                .bind("limit", limit)
                .map(ConstructorMapper.of(LiveOnly.class))
                .list();
    }

    private static String later(String a, String b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    /** How many documents a source brought for some namespaces while it was only looked at. */
    public long count(String source, Namespaces scope) {
        return scope.filter(handle.createQuery("SELECT COUNT(*) FROM shadow_document WHERE source = :source AND "
                                + scope.condition("namespace"))
                        .bind("source", source))
                .mapTo(Long.class)
                .one();
    }

    /** Whether a source brought anything, looked at or live, that is of none of these namespaces. */
    public boolean bringsForOthers(String source, Namespaces scope) {
        String others = " WHERE source = :source AND NOT (" + scope.condition("namespace") + ")";
        return scope.filter(handle.createQuery("SELECT id FROM shadow_document" + others
                                + " UNION ALL SELECT id FROM orders" + others + " LIMIT 1")
                        .bind("source", source))
                .mapTo(String.class)
                .findFirst()
                .isPresent();
    }

    /** @return how many there were, at most {@code limit} */
    public int forget(Duration age, int limit) {
        return handle.createUpdate("""
            DELETE FROM shadow_document WHERE id IN (SELECT id FROM shadow_document
                WHERE changed_at < %s ORDER BY id LIMIT :limit)""".formatted(FromNow.by("age")))
                .bind("age", -FromNow.seconds(age))
                .bind("limit", limit)
                .execute();
    }
}
