package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * What shipments are and how they are read; how they begin is the {@link PlanBook}'s, their purchase the {@link PurchaseBook}'s. Every change compares
 * the fence it was decided under and raises or keeps it; one that returns false lost to another writer and changed nothing.
 */
public final class ShipmentBook {
    static final String COLUMNS = """
            SELECT s.id, s.order_uid, s.seq, s.reason, s.account, s.carrier, s.service,
                   s.label_format, s.label_size, s.label_dpi, s.state, s.fence, s.owner, s.attempts, s.lookups,
                   s.hold_reason, s.waiting_for, s.parcels, s.carrier_shipment, s.problem, s.tracking_status,
                   s.due, s.created_at, s.bought_at, s.labelled_at, s.imported, s.audited_at, s.rebuy,
                   s.asked, s.piece, s.split_from
            FROM shipment s""";

    private static final String CHOSEN = """
            UPDATE shipment
            SET state = 'READY', account = :account, carrier = :carrier, service = :service,
                due = CURRENT_TIMESTAMP, fence = fence + 1
            WHERE id = :id AND fence = :fence AND state = 'CHOOSING'""";

    private static final String MOVE = """
            UPDATE shipment
            SET state = :to, fence = fence + 1, problem = :problem, due = CURRENT_TIMESTAMP,
                voided_at = CASE WHEN :to = 'VOIDED' THEN CURRENT_TIMESTAMP ELSE voided_at END
            WHERE id = :id AND fence = :fence AND state = :from""";

    private static final String LOOK_ANEW = """
            UPDATE shipment SET fence = fence + 1, lookups = 0
            WHERE id = :id AND fence = :fence AND state IN ('CHOOSING', 'READY')""";

    private static final String HOLD = """
            UPDATE shipment
            SET state = 'HELD', fence = fence + 1, hold_reason = :reason, waiting_for = NULL, problem = :problem,
                due = :until
            WHERE id = :id AND fence = :fence AND state = 'READY'""";

    private static final String POSTPONE =
            "UPDATE shipment SET due = %s WHERE id = :id AND fence = :fence".formatted(FromNow.by("wait"));

    /** As an array, so that it may be compared with an indexed column by {@code = ANY}. */
    static final String IDS_OF_ORDERS = "ARRAY(SELECT s.id FROM shipment s WHERE s.order_uid = ANY(:orders))";

    private static final String OF_ORDERS = COLUMNS + " WHERE s.order_uid = ANY(:orders) ORDER BY s.order_uid, s.seq";

    static final RecordMapper<ShipmentRow> ROW = RecordMapper.of(ShipmentRow.class);

    private final Handle handle;

    ShipmentBook(Handle handle) {
        this.handle = handle;
    }

    /** It is not bought any more, or given back: what it was quoted counts no longer. */
    public void unquote(String shipment) {
        new QuotedBook(handle).takeBack(shipment);
    }

    /** What a shipment is quoted is quoted of the one that is bought in its place. */
    public void quoteInstead(String shipment, String of) {
        new QuotedBook(handle).gather(List.of(of), shipment);
    }

    /** The rates are in: the account is set and the shipment may be bought. */
    public boolean chosen(ShipmentRow row, String account, String carrier, String service) {
        return changed(
                handle.createUpdate(CHOSEN)
                        .bind("account", account)
                        .bind("carrier", carrier)
                        .bind("service", service),
                row);
    }

    /**
     * What its order says has changed: whoever is about to buy or to rate it by what it said loses, and it is looked at anew. A
     * label that turns up late says what it said before, and is not its own.
     *
     * @return false when it is ready no more
     */
    public boolean lookAnew(ShipmentRow row) {
        return changed(handle.createUpdate(LOOK_ANEW), row);
    }

    /** Moves between states that are not part of a purchase. */
    public boolean move(ShipmentRow row, ShipmentState to, @Nullable String problem) {
        return changed(
                handle.createUpdate(MOVE)
                        .bind("to", to.name())
                        .bind("from", row.state().name())
                        .bind("problem", problem),
                row);
    }

    /** Holds one that was ready to be bought, until a moment. */
    public boolean hold(ShipmentRow row, String reason, String problem, Instant until) {
        return changed(
                handle.createUpdate(HOLD)
                        .bind("reason", reason)
                        .bind("problem", problem)
                        .bind("until", until),
                row);
    }

    /** Looks at it again after {@code wait}; false when it was changed meanwhile. */
    public boolean postpone(ShipmentRow row, Duration wait) {
        return changed(handle.createUpdate(POSTPONE).bind("wait", FromNow.seconds(wait)), row);
    }

    public Optional<ShipmentRow> find(String id, Namespaces scope) {
        return scope.filter(handle.createQuery(COLUMNS + " JOIN orders o ON o.id = s.order_uid WHERE s.id = :id AND "
                                + scope.condition("o.namespace"))
                        .bind("id", id))
                .map(ROW)
                .findOne();
    }

    /** The shipment of an order that was asked for under this key. */
    public Optional<ShipmentRow> under(String orderUid, String requestKey) {
        return handle.createQuery(COLUMNS + " WHERE s.order_uid = :order AND s.request_key = :key")
                .bind("order", orderUid)
                .bind("key", requestKey)
                .map(ROW)
                .findOne();
    }

    /** The shipments of an order, first to last. */
    public List<ShipmentRow> of(String orderUid) {
        return list(handle.createQuery(COLUMNS + " WHERE s.order_uid = :order ORDER BY s.seq")
                .bind("order", orderUid));
    }

    /** The same, locked: what they are when this returns they are until the transaction is over, for no buyer takes one meanwhile. */
    public List<ShipmentRow> lock(String orderUid) {
        return list(handle.createQuery(COLUMNS + " WHERE s.order_uid = :order ORDER BY s.seq FOR UPDATE")
                .bind("order", orderUid));
    }

    /** The shipments of many orders, by order, first to last. */
    public Asked<Map<String, List<ShipmentRow>>> of(Collection<String> orders) {
        return Sql.of(handle, OF_ORDERS)
                .bindArray("orders", orders)
                .ask(ROW)
                .map(found -> found.stream().collect(Collectors.groupingBy(ShipmentRow::orderUid)));
    }

    static List<ShipmentRow> list(Query query) {
        return query.map(ROW).list();
    }

    private static boolean changed(Update update, ShipmentRow row) {
        return update.bind("id", row.id()).bind("fence", row.fence()).execute() == 1;
    }
}
