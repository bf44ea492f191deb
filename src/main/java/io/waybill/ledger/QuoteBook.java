package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Prices that were compared, and which one was chosen by which rule. */
public final class QuoteBook {
    private static final RecordMapper<Quote> QUOTE = RecordMapper.of(Quote.class);

    private final Handle handle;

    QuoteBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * @param amount what the account would pay
     * @param listAmount the same without an agreement, or null when nobody said
     * @param parts JSON
     * @param days transit days, or null when unknown
     * @param promised the day it is to be there, or null when nobody said
     * @param excluded why it could not be chosen, or null when it could
     */
    public record Quote(
            String account,
            String carrier,
            String service,
            @Nullable BigDecimal amount,
            @Nullable BigDecimal listAmount,
            @Nullable String currency,
            @Nullable String parts,
            @Nullable Integer days,
            @Nullable LocalDate promised,
            @Nullable String excluded,
            boolean chosen,
            @Nullable String ruleName) {}

    /** One by which a shipment's account is chosen. */
    public void keep(String orderUid, String shipment, Quote quote) {
        insert(quote, new Of(orderUid, shipment, null, null, null));
    }

    /**
     * One that somebody asked for, whether or not there is such an order yet.
     *
     * @param request the same for all of one question
     */
    public void keepAsked(String request, String namespace, String orderId, Quote quote) {
        insert(quote, new Of(null, null, request, namespace, orderId));
    }

    /** What a quote belongs to. */
    public record Of(
            @Nullable String orderUid,
            @Nullable String shipment,
            @Nullable String request,
            @Nullable String namespace,
            @Nullable String orderId) {}

    private void insert(Quote quote, Of of) {
        handle.createUpdate("""
                        INSERT INTO quote (id, shipment_uid, order_uid, request_id, namespace, order_id, account,
                            carrier, service, amount, list_amount, currency, parts, days, promised,
                            excluded, chosen, rule_name, quoted_at)
                        VALUES (:id, :shipment, :orderUid, :request, :namespace, :orderId, :account,
                            :carrier, :service, :amount, :listAmount, :currency, :parts, :days, :promised,
                            :excluded, :chosen, :ruleName, CURRENT_TIMESTAMP)""")
                .bindMethods(quote)
                .bindMethods(of)
                .bind("id", Ids.next("quo"))
                .execute();
    }

    /**
     * A quote as it is kept.
     *
     * @param shipment it was chosen for, or null
     */
    public record Kept(
            Quote quote, @Nullable String request, @Nullable String shipment, Instant quotedAt) {}

    /** Deletes at most {@code limit} that were only asked for, longer ago than that; answers how many. */
    public int forgetAsked(Duration age, int limit) {
        return handle.createUpdate("DELETE FROM quote WHERE id IN (SELECT id FROM quote WHERE request_id IS NOT NULL"
                        + " AND quoted_at < " + FromNow.by("age") + " LIMIT :limit)")
                .bind("age", -FromNow.seconds(age))
                .bind("limit", limit)
                .execute();
    }

    /** The namespaces in which something was quoted for an order of this number, or there is one. */
    public List<String> namespacesOf(String orderId) {
        return handle.createQuery("""
                        SELECT namespace FROM quote WHERE order_id = :orderId
                        UNION SELECT namespace FROM orders WHERE order_id = :orderId
                        ORDER BY namespace""")
                .bind("orderId", orderId)
                .mapTo(String.class)
                .list();
    }

    /** Everything that was quoted for an order's number, newest first, at most {@code limit}. */
    public List<Kept> ofOrder(String namespace, String orderId, int limit) {
        return handle.createQuery("""
                        SELECT q.account, q.carrier, q.service, q.amount, q.list_amount, q.currency, q.parts, q.days,
                            q.promised, q.excluded, q.chosen, q.rule_name, q.request_id, q.shipment_uid, q.quoted_at
                        FROM quote q
                        JOIN (SELECT a.id FROM quote a WHERE a.namespace = :namespace AND a.order_id = :orderId
                            UNION SELECT b.id FROM orders o JOIN quote b ON b.order_uid = o.id
                                WHERE o.namespace = :namespace AND o.order_id = :orderId) found ON found.id = q.id
                        ORDER BY q.id DESC
                        LIMIT :limit""")
                .bind("namespace", namespace)
                .bind("orderId", orderId)
                .bind("limit", limit)
                .map((row, context) -> new Kept(
                        QUOTE.map(row, context),
                        row.getString("request_id"),
                        row.getString("shipment_uid"),
                        row.getTimestamp("quoted_at").toInstant()))
                .list();
    }
}
