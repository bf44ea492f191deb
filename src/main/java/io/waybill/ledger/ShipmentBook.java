package io.waybill.ledger;

import io.waybill.ledger.AtOnce.Claim;
import io.waybill.ledger.ShipmentBook.First;
import io.waybill.ledger.ShipmentBook.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * What shipments are, how they are planned and read; their purchase is the {@link PurchaseBook}'s. Every change compares
 * the fence it was decided under and raises or keeps it; one that returns false lost to another writer and changed nothing.
 */
public final class ShipmentBook {
    static final String COLUMNS = """
            SELECT s.id, s.order_uid, s.seq, s.reason, s.account, s.carrier, s.service,
                   s.label_format, s.label_size, s.label_dpi, s.state, s.fence, s.owner, s.attempts, s.lookups,
                   s.hold_reason, s.waiting_for, s.parcels, s.carrier_shipment, s.problem, s.tracking_status,
                   s.due, s.created_at, s.bought_at, s.labelled_at, s.voided_at, s.imported, s.audited_at, s.rebuy,
                   s.asked, s.piece, s.split_from
            FROM shipment s""";

    private static final String INSERT = """
            INSERT INTO shipment (id, order_uid, seq, reason, request_key, account, carrier, service,
                label_format, label_size, label_dpi, state, fence, due, attempts, lookups,
                hold_reason, waiting_for, parcels, created_at, imported, asked, owner, lease_until, lane)
            VALUES (:id, :order, :seq, :reason, :requestKey, :account, :carrier, :service,
                :labelFormat, :labelSize, :labelDpi, :state, :attempts, COALESCE(:due, CURRENT_TIMESTAMP), :attempts, 0,
                :holdReason, :waitingFor, :parcels, CURRENT_TIMESTAMP, FALSE, :asked, :owner, %s, %s)""";

    private static final String INSERT_FIRST = INSERT.formatted(FromNow.by("lease"), ":lane");
    private static final String INSERT_MORE = INSERT.formatted(FromNow.by("lease"), Lanes.OF_ORDER.formatted(":order"));

    private static final String PLAN = """
            UPDATE shipment
            SET account = :account, carrier = :carrier, service = :service,
                label_format = :labelFormat, label_size = :labelSize, label_dpi = :labelDpi,
                state = :state, fence = fence + 1, lookups = 0, due = COALESCE(:due, CURRENT_TIMESTAMP),
                hold_reason = :holdReason, waiting_for = :waitingFor, parcels = :parcels,
                problem = NULL, owner = NULL, lease_until = NULL, lane = %s
            WHERE id = :id AND fence = :fence AND state IN ('HELD', 'CHOOSING', 'READY', 'REFUSED')""".formatted(Lanes.OF_ORDER.formatted("shipment.order_uid"));

    private static final String CHOSEN = """
            UPDATE shipment
            SET state = 'READY', account = :account, carrier = :carrier, service = :service,
                due = CURRENT_TIMESTAMP, fence = fence + 1
            WHERE id = :id AND fence = :fence AND state = 'CHOOSING'""";

    private static final String MOVE = """
            UPDATE shipment
            SET state = :to, fence = fence + 1, problem = :problem, due = %s,
                voided_at = CASE WHEN :to = 'VOIDED' THEN CURRENT_TIMESTAMP ELSE voided_at END
            WHERE id = :id AND fence = :fence AND state = :from""".formatted(FromNow.by("wait"));

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

    /**
     * What a shipment starts, or starts again, as.
     *
     * @param waitingFor JSON pointers, comma-separated, of what is missing
     * @param parcels JSON of the parcels the pack bench gave, or null when the order's own are meant
     */
    public record Plan(
            ShipmentState state,
            @Nullable String account,
            @Nullable String carrier,
            @Nullable String service,
            String labelFormat,
            String labelSize,
            int labelDpi,
            @Nullable String holdReason,
            @Nullable String waitingFor,
            @Nullable String parcels,
            @Nullable Instant due) {

        /** The same, with a reason the purchase will find. */
        public Plan marked(String reason) {
            return new Plan(
                    state,
                    account,
                    carrier,
                    service,
                    labelFormat,
                    labelSize,
                    labelDpi,
                    reason,
                    waitingFor,
                    parcels,
                    due);
        }
    }

    /**
     * A shipment as its order begins with it, and whose it is.
     *
     * @param claim when it is bought from its first moment: it begins in BUYING, as {@link PurchaseBook#claim} leaves one that was ready
     */
    public record First(
            String id,
            String orderUid,
            OrderBook.Revision order,
            Plan plan,
            @Nullable Claim claim) {}

    /** The first shipment of orders that begin, with the intents of those that are claimed. */
    public void insert(List<First> all) {
        Sql inserted = Sql.of(handle, INSERT_FIRST);
        for (First first : all) {
            claimed(bind(inserted, first.plan()), first.claim())
                    .bind("id", first.id())
                    .bind("order", first.orderUid())
                    .bind("seq", 1)
                    .bind("reason", "order")
                    .bind("requestKey", (String) null)
                    .bind("asked", (String) null)
                    .bind("lane", Lanes.of(first.order()))
                    .add();
        }
        inserted.write();
        new AttemptBook(handle)
                .open(all.stream()
                        .flatMap(first -> Stream.ofNullable(first.claim()))
                        .map(Claim::intent)
                        .toList());
    }

    private static Sql claimed(Sql statement, @Nullable Claim claim) {
        statement
                .bind("attempts", claim == null ? 0 : 1)
                .bind("owner", claim == null ? null : claim.intent().sentBy())
                .bind("lease", claim == null ? null : (Double) FromNow.seconds(claim.lease()));
        return claim == null ? statement : statement.bind("state", ShipmentState.BUYING.name());
    }

    /** One that says what its order says. */
    public String insert(String orderUid, int seq, String reason, @Nullable String requestKey, Plan plan) {
        return insert(orderUid, seq, reason, requestKey, null, plan);
    }

    /**
     * A further shipment of an order.
     *
     * @param asked what it says otherwise than its order, a JSON Merge Patch; null for nothing
     */
    public String insert(
            String orderUid, int seq, String reason, @Nullable String requestKey, @Nullable String asked, Plan plan) {
        String id = Ids.next("shp");
        claimed(bind(Sql.of(handle, INSERT_MORE), plan), null)
                .bind("id", id)
                .bind("order", orderUid)
                .bind("seq", seq)
                .bind("reason", reason)
                .bind("requestKey", requestKey)
                .bind("asked", asked)
                .execute();
        return id;
    }

    /** Starts a shipment again, changed or released; the raised fence stops a purchase being prepared. What it was quoted is taken back. */
    public boolean plan(ShipmentRow before, Plan plan) {
        boolean planned = bind(Sql.of(handle, PLAN), plan)
                        .bind("id", before.id())
                        .bind("fence", before.fence())
                        .execute()
                == 1;
        if (planned) {
            new QuotedBook(handle).takeBack(before.id());
        }
        return planned;
    }

    /** It is not bought any more, or given back: what it was quoted counts no longer. */
    public void unquote(String shipment) {
        new QuotedBook(handle).takeBack(shipment);
    }

    /** What a shipment is quoted is quoted of the one that is bought in its place. */
    public void quoteInstead(String shipment, String of) {
        new QuotedBook(handle).gather(List.of(of), shipment);
    }

    /** A cancelled order is taken in again. */
    public boolean uncancel(ShipmentRow row, Plan plan) {
        return move(row, ShipmentState.HELD, Duration.ZERO, null)
                && plan(find(row.id(), Namespaces.ALL).orElseThrow(), plan);
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

    /** Moves between states that are not part of a purchase; {@code wait} before it is looked at again. */
    public boolean move(ShipmentRow row, ShipmentState to, Duration wait, @Nullable String problem) {
        return changed(
                handle.createUpdate(MOVE)
                        .bind("to", to.name())
                        .bind("from", row.state().name())
                        .bind("problem", problem)
                        .bind("wait", FromNow.seconds(wait)),
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

    private static Sql bind(Sql statement, Plan plan) {
        return statement
                .bind("account", plan.account())
                .bind("carrier", plan.carrier())
                .bind("service", plan.service())
                .bind("labelFormat", plan.labelFormat())
                .bind("labelSize", plan.labelSize())
                .bind("labelDpi", plan.labelDpi())
                .bind("state", plan.state().name())
                .bind("holdReason", plan.holdReason())
                .bind("waitingFor", plan.waitingFor())
                .bind("parcels", plan.parcels())
                .bind("due", plan.due());
    }
}
