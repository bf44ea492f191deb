package io.waybill.ledger;

import io.waybill.order.Order;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Orders as they stand; what was said of them before stays in the {@link RevisionBook}. */
public final class OrderBook {
    static final String COLUMNS = """
            SELECT id, namespace, order_id, revision, content_sha256, content, effective, release_rule,
                channel, source,
                   mapping, mapping_version, received_at, cancelled_at
            FROM orders o""";

    private static final String INSERT = """
            INSERT INTO orders (id, namespace, order_id, revision, content_sha256, content, effective, release_rule,
                channel, source, mapping, mapping_version, recipient, reference, event_sequence, received_at, updated_at)
            VALUES (:id, :namespace, :orderId, 1, :sha, :content, :effective, :rule, :channel, :source, :mapping,
                :mappingVersion, :recipient, :reference, :events + %s, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)""".formatted(RestoreBook.BEGINNING);

    private static final String AMONG = "SELECT namespace, order_id FROM orders WHERE order_id = ANY(:numbers)";
    private static final String THESE = COLUMNS + " WHERE id = ANY(:ids)";
    private static final String THESE_LOCKED = THESE + " ORDER BY id FOR UPDATE";

    static final RecordMapper<OrderRow> ROW = RecordMapper.of(OrderRow.class);
    private static final RecordMapper<Named> NAMED = RecordMapper.of(Named.class);

    private final Handle handle;

    OrderBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * What a source handed over and the hub made of it.
     *
     * @param content canonical JSON before defaults
     * @param effective canonical JSON with defaults and packed parcels, what is bought
     * @param channel {@code api | file | sql | upload | packing | edit | hold | let go}
     */
    public record Revision(
            String namespace,
            String orderId,
            @Nullable String recipient,
            @Nullable String reference,
            List<Order.Identifier> identifiers,
            String content,
            String contentSha256,
            String effective,
            String releaseRule,
            String channel,
            String source,
            @Nullable String mapping,
            @Nullable Integer mappingVersion,
            @Nullable String actor) {}

    /** What a source said in its newest orders, newest first, as canonical JSON before defaults. */
    public List<String> newest(String source, Namespaces scope, int limit) {
        return scope.filter(handle.createQuery("SELECT content FROM orders WHERE source = :source AND "
                                + scope.condition("namespace") + " AND erased_at IS NULL ORDER BY id DESC LIMIT :limit")
                        .bind("source", source)
                        .bind("limit", limit))
                .mapTo(String.class)
                .list();
    }

    /** Any namespace in {@code scope}; an order outside it does not exist for the caller. */
    public Optional<OrderRow> find(String id, Namespaces scope) {
        return scope.filter(handle.createQuery(COLUMNS + " WHERE id = :id AND " + scope.condition("o.namespace"))
                        .bind("id", id))
                .map(ROW)
                .findOne();
    }

    /** The orders under these hub ids, by id. */
    public Map<String, OrderRow> of(Collection<String> ids) {
        return byId(THESE, ids).get();
    }

    /** The same, their rows locked until the transaction ends, in the same order by everybody. */
    public Asked<Map<String, OrderRow>> lock(Collection<String> ids) {
        return byId(THESE_LOCKED, ids);
    }

    private Asked<Map<String, OrderRow>> byId(String which, Collection<String> ids) {
        return ids.isEmpty()
                ? Asked.answered(Map.of())
                : Sql.of(handle, which)
                        .bindArray("ids", ids)
                        .ask(ROW)
                        .map(found -> found.stream().collect(Collectors.toMap(OrderRow::id, order -> order)));
    }

    /** Locks the order's row until the transaction ends. */
    public Optional<OrderRow> lock(String id, Namespaces scope) {
        return scope.filter(handle.createQuery(
                                COLUMNS + " WHERE id = :id AND " + scope.condition("o.namespace") + " FOR UPDATE")
                        .bind("id", id))
                .map(ROW)
                .findOne();
    }

    /**
     * The same for whoever names the order.
     *
     * @throws ProblemException {@code order-not-found}
     */
    public OrderRow lockNamed(String id, Namespaces scope) {
        return lock(id, scope).orElseThrow(() -> new ProblemException(Problem.of(OrderCode.ORDER_NOT_FOUND, "id", id)));
    }

    /** The order of a shipment, locked until the transaction ends. */
    public Optional<OrderRow> lockOf(String shipment) {
        return handle.createQuery(
                        COLUMNS + " WHERE id = (SELECT s.order_uid FROM shipment s WHERE s.id = :shipment) FOR UPDATE")
                .bind("shipment", shipment)
                .map(ROW)
                .findOne();
    }

    /** The order under a customer's number, locked until the transaction ends. */
    public Optional<OrderRow> lock(String namespace, String orderId) {
        return handle.createQuery(COLUMNS + " WHERE namespace = :namespace AND order_id = :orderId FOR UPDATE")
                .bind("namespace", namespace)
                .bind("orderId", orderId)
                .map(ROW)
                .findOne();
    }

    /** @return the new hub id */
    public String insert(Revision revision) {
        String id = Ids.next("ord");
        insert(List.of(new New(id, revision, 0)));
        return id;
    }

    /**
     * An order that begins.
     *
     * @param events how many are told of it at once, see {@link EventBook#begin}
     */
    public record New(String id, Revision revision, int events) {}

    /** Orders that begin. */
    public void insert(List<New> orders) {
        List<Revision> revisions = orders.stream().map(New::revision).toList();
        List<String> ids = orders.stream().map(New::id).toList();
        Sql inserted = Sql.of(handle, INSERT);
        for (int i = 0; i < ids.size(); i++) {
            content(inserted, revisions.get(i))
                    .bind("id", ids.get(i))
                    .bind("namespace", revisions.get(i).namespace())
                    .bind("orderId", revisions.get(i).orderId())
                    .bind("channel", revisions.get(i).channel())
                    .bind("source", revisions.get(i).source())
                    .bind("events", orders.get(i).events())
                    .add();
        }
        inserted.write();
        new RevisionBook(handle).keep(ids, 1, revisions);
        new IdentifierBook(handle).keep(ids, revisions);
        Map<String, String> recipients = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            String recipient = revisions.get(i).recipient();
            if (recipient != null) {
                recipients.put(ids.get(i), recipient);
            }
        }
        new WordBook(handle).keep(recipients);
    }

    private static Sql content(Sql statement, Revision revision) {
        return statement
                .bind("sha", revision.contentSha256())
                .bind("content", revision.content())
                .bind("effective", revision.effective())
                .bind("rule", revision.releaseRule())
                .bind("mapping", revision.mapping())
                .bind("mappingVersion", revision.mappingVersion())
                .bind("recipient", revision.recipient())
                .bind("reference", revision.reference());
    }

    /** Which of these numbers are taken, in any namespace. */
    public Asked<Set<Named>> among(Collection<String> orderIds) {
        return Sql.of(handle, AMONG).bindArray("numbers", orderIds).ask(NAMED).map(Set::copyOf);
    }

    /** What a customer calls an order. */
    public record Named(String namespace, String orderId) {}

    /** Replaces the content; both stay among the revisions. */
    public void revise(OrderRow before, Revision revision) {
        int number = before.revision() + 1;
        content(Sql.of(handle, """
                        UPDATE orders SET revision = :revision, content_sha256 = :sha, content = :content,
                            effective = :effective, release_rule = :rule, mapping = :mapping,
                            mapping_version = :mappingVersion, recipient = :recipient, reference = :reference,
                            cancelled_at = NULL, erased_at = NULL, updated_at = CURRENT_TIMESTAMP
                        WHERE id = :id"""), revision)
                .bind("id", before.id())
                .bind("revision", number)
                .execute();
        new WordBook(handle).replace(before.id(), revision.recipient());
        new RevisionBook(handle).keep(List.of(before.id()), number, List.of(revision));
        new IdentifierBook(handle).replace(before.id(), revision.identifiers());
    }

    /** The parcels came from the pack bench: what is bought changes, what the source said does not. */
    public void repack(OrderRow before, String effective, String releaseRule, @Nullable String actor) {
        handle.createUpdate("""
                        UPDATE orders SET revision = revision + 1, effective = :effective, release_rule = :rule,
                            updated_at = CURRENT_TIMESTAMP
                        WHERE id = :id""")
                .bind("effective", effective)
                .bind("rule", releaseRule)
                .bind("id", before.id())
                .execute();
        new RevisionBook(handle).keepPacked(before, effective, actor);
    }

    /** Another system's number for the order became known; nothing else about it is new. */
    public void alsoKnownAs(OrderRow order, String effective, List<Order.Identifier> identifiers) {
        handle.createUpdate("UPDATE orders SET effective = :effective, updated_at = CURRENT_TIMESTAMP WHERE id = :id")
                .bind("effective", effective)
                .bind("id", order.id())
                .execute();
        new IdentifierBook(handle).replace(order.id(), identifiers);
    }

    public void cancel(String id) {
        handle.createUpdate("""
                        UPDATE orders SET cancelled_at = CURRENT_TIMESTAMP, updated_at = CURRENT_TIMESTAMP
                        WHERE id = :id""").bind("id", id).execute();
    }

    /** It was called off and sent all the same. */
    public void uncancel(String id) {
        handle.createUpdate("""
                        UPDATE orders SET cancelled_at = NULL, updated_at = CURRENT_TIMESTAMP
                        WHERE id = :id""").bind("id", id).execute();
    }

    /** Newest first, at most {@code limit}; {@code before} is the id of the last row of the page before. */
    public List<OrderRow> search(OrderSearch search, Namespaces scope) {
        return new OrderFinder(handle).find(search, scope);
    }
}
