package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Shipments and their states. Every change compares the fence it was decided under and raises or keeps it; one that
 * returns false lost to another writer and changed nothing.
 */
public final class ShipmentBook {
    private static final String COLUMNS = """
            SELECT s.id, s.order_uid, s.seq, s.reason, s.account, s.carrier, s.service, s.label_format, s.label_size, s.label_dpi,
                   s.state, s.fence, s.owner, s.attempts, s.lookups, s.hold_reason, s.waiting_for, s.parcels, s.carrier_shipment, s.problem,
                   s.tracking_status, s.due, s.created_at, s.bought_at, s.labelled_at, s.voided_at, s.imported
            FROM shipment s""";

    private static final String UNSETTLED =
            "s.state IN ('BUYING', 'UNKNOWN') AND s.lease_until <= CURRENT_TIMESTAMP ORDER BY s.lease_until LIMIT :limit";

    private static final String AFTER = "CURRENT_TIMESTAMP + CAST(:%s AS DOUBLE PRECISION) * INTERVAL '1' SECOND";

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
            @Nullable Instant due) {}

    public String insert(String orderUid, int seq, String reason, @Nullable String requestKey, Plan plan) {
        String id = Ids.next("shp");
        bind(handle.createUpdate("""
                        INSERT INTO shipment (id, order_uid, seq, reason, request_key, account, carrier, service, label_format,
                            label_size, label_dpi, state, fence, due, attempts, lookups, hold_reason, waiting_for, parcels, created_at, imported)
                        VALUES (:id, :order, :seq, :reason, :requestKey, :account, :carrier, :service, :labelFormat,
                            :labelSize, :labelDpi, :state, 0, COALESCE(:due, CURRENT_TIMESTAMP), 0, 0, :holdReason, :waitingFor, :parcels,
                            CURRENT_TIMESTAMP, FALSE)"""), plan)
                .bind("id", id)
                .bind("order", orderUid)
                .bind("seq", seq)
                .bind("reason", reason)
                .bind("requestKey", requestKey)
                .execute();
        return id;
    }

    /** Starts a shipment again after its content changed or it was released; the raised fence stops a purchase being prepared. */
    public boolean plan(ShipmentRow before, Plan plan) {
        return bind(handle.createUpdate("""
                        UPDATE shipment SET account = :account, carrier = :carrier, service = :service, label_format = :labelFormat,
                            label_size = :labelSize, label_dpi = :labelDpi, state = :state, fence = fence + 1, lookups = 0,
                            due = COALESCE(:due, CURRENT_TIMESTAMP), hold_reason = :holdReason, waiting_for = :waitingFor, parcels = :parcels,
                            problem = NULL, owner = NULL, lease_until = NULL
                        WHERE id = :id AND fence = :fence AND state IN ('HELD', 'CHOOSING', 'READY', 'REFUSED')"""), plan)
                        .bind("id", before.id())
                        .bind("fence", before.fence())
                        .execute()
                == 1;
    }

    /** A cancelled order is taken in again. */
    public boolean uncancel(ShipmentRow row, Plan plan) {
        return move(row, ShipmentState.HELD, Duration.ZERO, null)
                && plan(find(row.id(), Namespaces.ALL).orElseThrow(), plan);
    }

    /** Held shipments whose ship date has come. */
    public List<ShipmentRow> heldUntilNow(int limit) {
        return list(handle.createQuery(
                        COLUMNS
                                + " WHERE s.state = 'HELD' AND s.hold_reason = 'shipDate' AND s.due <= CURRENT_TIMESTAMP ORDER BY s.due LIMIT :limit")
                .bind("limit", limit));
    }

    public List<ShipmentRow> of(String orderUid) {
        return list(handle.createQuery(COLUMNS + " WHERE s.order_uid = :order ORDER BY s.seq")
                .bind("order", orderUid));
    }

    public Optional<ShipmentRow> find(String id, Namespaces scope) {
        return scope.filter(handle.createQuery(COLUMNS + " JOIN orders o ON o.id = s.order_uid WHERE s.id = :id AND "
                                + scope.condition("o.namespace"))
                        .bind("id", id))
                .map(ConstructorMapper.of(ShipmentRow.class))
                .findOne();
    }

    /** The shipments of one account that may be bought now, oldest due first. */
    public List<ShipmentRow> ready(String account, int limit) {
        return list(handle.createQuery(
                        COLUMNS
                                + " WHERE s.account = :account AND s.state = 'READY' AND s.due <= CURRENT_TIMESTAMP ORDER BY s.due, s.id LIMIT :limit")
                .bind("account", account)
                .bind("limit", limit));
    }

    /** The shipments in one state whose time has come, oldest due first. */
    public List<ShipmentRow> due(ShipmentState state, int limit) {
        return list(handle.createQuery(COLUMNS
                        + " WHERE s.state = :state AND s.due <= CURRENT_TIMESTAMP ORDER BY s.due, s.id LIMIT :limit")
                .bind("state", state.name())
                .bind("limit", limit));
    }

    /** The shipments of one account in one state whose time has come, oldest due first. */
    public List<ShipmentRow> due(String account, ShipmentState state, int limit) {
        return list(handle.createQuery(
                        COLUMNS
                                + " WHERE s.account = :account AND s.state = :state AND s.due <= CURRENT_TIMESTAMP ORDER BY s.due, s.id LIMIT :limit")
                .bind("account", account)
                .bind("state", state.name())
                .bind("limit", limit));
    }

    /** Purchases of one account whose outcome is not known and that nobody is working on. */
    public List<ShipmentRow> unsettled(String account, int limit) {
        return list(handle.createQuery(COLUMNS + " WHERE s.account = :account AND " + UNSETTLED)
                .bind("account", account)
                .bind("limit", limit));
    }

    /** The same for accounts that are not among those {@code known}. */
    public List<ShipmentRow> unsettledElsewhere(List<String> known, int limit) {
        Query query = known.isEmpty()
                ? handle.createQuery(COLUMNS + " WHERE " + UNSETTLED)
                : handle.createQuery(COLUMNS + " WHERE s.account NOT IN (<known>) AND " + UNSETTLED)
                        .bindList("known", known);
        return list(query.bind("limit", limit));
    }

    /** T1: READY → BUYING under a new fence and a lease. */
    public boolean claim(ShipmentRow row, String owner, Duration lease) {
        return handle.createUpdate(
                                "UPDATE shipment SET state = 'BUYING', fence = fence + 1, owner = :owner, attempts = attempts + 1, lease_until = "
                                        + AFTER.formatted("lease")
                                        + " WHERE id = :id AND state = 'READY' AND fence = :fence")
                        .bind("owner", owner)
                        .bind("lease", seconds(lease))
                        .bind("id", row.id())
                        .bind("fence", row.fence())
                        .execute()
                == 1;
    }

    /** Recovery takes a purchase over: fence + 1, so that a late answer to its earlier owner loses. */
    public boolean takeOver(ShipmentRow row, String owner, Duration lease) {
        return handle.createUpdate(
                                "UPDATE shipment SET state = 'UNKNOWN', fence = fence + 1, lookups = lookups + 1, owner = :owner, lease_until = "
                                        + AFTER.formatted("lease")
                                        + " WHERE id = :id AND state IN ('BUYING', 'UNKNOWN') AND fence = :fence")
                        .bind("owner", owner)
                        .bind("lease", seconds(lease))
                        .bind("id", row.id())
                        .bind("fence", row.fence())
                        .execute()
                == 1;
    }

    /** Every lease held by anyone else is over: for a single node that has just started. */
    public int endLeases(String owner) {
        return handle.createUpdate(
                        "UPDATE shipment SET lease_until = CURRENT_TIMESTAMP WHERE state IN ('BUYING', 'UNKNOWN') AND owner <> :owner")
                .bind("owner", owner)
                .execute();
    }

    /** Ends or pauses a purchase without a sale: to READY, REFUSED, UNKNOWN or REVIEW, to be looked at again after {@code wait}. */
    public boolean settle(String id, long fence, ShipmentState to, Duration wait, @Nullable String problem) {
        return handle.createUpdate(
                                "UPDATE shipment SET state = :to, problem = :problem, owner = CASE WHEN :to = 'UNKNOWN' THEN owner ELSE NULL END, due = "
                                        + AFTER.formatted("wait") + ", lease_until = CASE WHEN :to = 'UNKNOWN' THEN "
                                        + AFTER.formatted("wait")
                                        + " ELSE NULL END WHERE id = :id AND fence = :fence AND state IN ('BUYING', 'UNKNOWN')")
                        .bind("to", to.name())
                        .bind("problem", problem)
                        .bind("wait", seconds(wait))
                        .bind("id", id)
                        .bind("fence", fence)
                        .execute()
                == 1;
    }

    /** T2: sold. {@code BOUGHT} when the label comes later, else {@code LABELLED}. */
    public boolean sold(String id, long fence, ShipmentState to, String carrierShipment, Duration labelPoll) {
        return handle.createUpdate(
                                "UPDATE shipment SET state = :to, carrier_shipment = :carrierShipment, owner = NULL, lease_until = NULL, problem = NULL, "
                                        + "bought_at = CURRENT_TIMESTAMP, labelled_at = CASE WHEN :to = 'LABELLED' THEN CURRENT_TIMESTAMP ELSE NULL END, "
                                        + "track_due = CURRENT_TIMESTAMP, due = " + AFTER.formatted("wait")
                                        + " WHERE id = :id AND fence = :fence AND state IN ('BUYING', 'UNKNOWN', 'REVIEW')")
                        .bind("to", to.name())
                        .bind("carrierShipment", carrierShipment)
                        .bind("wait", seconds(labelPoll))
                        .bind("id", id)
                        .bind("fence", fence)
                        .execute()
                == 1;
    }

    /**
     * T2 of an answer that came late: nobody has decided meanwhile, and its attempt is still the open one; or a look-up
     * did not find it, and it was not bought or changed since.
     */
    public boolean adopt(AttemptRow attempt, ShipmentState to, String carrierShipment, Duration labelPoll) {
        return handle.createUpdate(
                                "UPDATE shipment SET state = :to, fence = fence + 1, carrier_shipment = :carrierShipment, owner = NULL, lease_until = NULL, problem = NULL, "
                                        + "bought_at = CURRENT_TIMESTAMP, labelled_at = CASE WHEN :to = 'LABELLED' THEN CURRENT_TIMESTAMP ELSE NULL END, "
                                        + "track_due = CURRENT_TIMESTAMP, due = " + AFTER.formatted("wait")
                                        + " WHERE id = :id AND ((state IN ('UNKNOWN', 'REVIEW')"
                                        + " AND EXISTS (SELECT 1 FROM purchase_attempt a WHERE a.ref = :ref AND a.open_slot = :id))"
                                        + " OR (state = 'READY' AND lookups > 0 AND attempts = :attempt))")
                        .bind("attempt", attempt.attempt())
                        .bind("to", to.name())
                        .bind("carrierShipment", carrierShipment)
                        .bind("wait", seconds(labelPoll))
                        .bind("id", attempt.shipmentUid())
                        .bind("ref", attempt.ref())
                        .execute()
                == 1;
    }

    /** The label of a sold shipment has come. */
    public boolean labelled(ShipmentRow row) {
        return handle.createUpdate(
                                "UPDATE shipment SET state = 'LABELLED', labelled_at = CURRENT_TIMESTAMP WHERE id = :id AND fence = :fence AND state = 'BOUGHT'")
                        .bind("id", row.id())
                        .bind("fence", row.fence())
                        .execute()
                == 1;
    }

    /** The rates are in: the account is set and the shipment may be bought. */
    public boolean chosen(ShipmentRow row, String account, String carrier, String service) {
        return handle.createUpdate(
                                "UPDATE shipment SET state = 'READY', account = :account, carrier = :carrier, service = :service, due = CURRENT_TIMESTAMP, fence = fence + 1 WHERE id = :id AND fence = :fence AND state = 'CHOOSING'")
                        .bind("account", account)
                        .bind("carrier", carrier)
                        .bind("service", service)
                        .bind("id", row.id())
                        .bind("fence", row.fence())
                        .execute()
                == 1;
    }

    /** A purchase under review, or one that waits for its next look-up, is looked up at once. */
    public boolean reopen(ShipmentRow row) {
        return handle.createUpdate(
                                "UPDATE shipment SET state = 'UNKNOWN', fence = fence + 1, lookups = 0, lease_until = CURRENT_TIMESTAMP WHERE id = :id AND fence = :fence AND state IN ('UNKNOWN', 'REVIEW')")
                        .bind("id", row.id())
                        .bind("fence", row.fence())
                        .execute()
                == 1;
    }

    /** Moves between states that are not part of a purchase, raising the fence; {@code wait} before it is looked at again. */
    public boolean move(ShipmentRow row, ShipmentState to, Duration wait, @Nullable String problem) {
        return handle.createUpdate(
                                "UPDATE shipment SET state = :to, fence = fence + 1, problem = :problem, voided_at = CASE WHEN :to = 'VOIDED' THEN CURRENT_TIMESTAMP ELSE voided_at END, "
                                        + "due = " + AFTER.formatted("wait")
                                        + " WHERE id = :id AND fence = :fence AND state = :from")
                        .bind("to", to.name())
                        .bind("from", row.state().name())
                        .bind("problem", problem)
                        .bind("wait", seconds(wait))
                        .bind("id", row.id())
                        .bind("fence", row.fence())
                        .execute()
                == 1;
    }

    /** Looks at it again after {@code wait}. */
    public void postpone(ShipmentRow row, Duration wait) {
        handle.createUpdate(
                        "UPDATE shipment SET due = " + AFTER.formatted("wait") + " WHERE id = :id AND fence = :fence")
                .bind("wait", seconds(wait))
                .bind("id", row.id())
                .bind("fence", row.fence())
                .execute();
    }

    public void addNumber(String shipment, String kind, int parcel, String value) {
        handle.createUpdate("""
                        INSERT INTO shipment_number (shipment_uid, kind, parcel, number_value, first_seen)
                        SELECT :shipment, :kind, :parcel, :value, CURRENT_TIMESTAMP WHERE NOT EXISTS (
                            SELECT 1 FROM shipment_number WHERE shipment_uid = :shipment AND kind = :kind AND parcel = :parcel AND number_value = :value)""")
                .bind("shipment", shipment)
                .bind("kind", kind)
                .bind("parcel", parcel)
                .bind("value", value)
                .execute();
    }

    /** An external number, still in force. */
    public record Number(String kind, int parcel, String numberValue) {}

    public List<Number> numbers(String shipment) {
        return handle.createQuery(
                        "SELECT kind, parcel, number_value FROM shipment_number WHERE shipment_uid = :id AND replaced_at IS NULL ORDER BY parcel, kind, first_seen")
                .bind("id", shipment)
                .map(ConstructorMapper.of(Number.class))
                .list();
    }

    /** The parcels' tracking numbers, in parcel order. */
    public List<String> trackingNumbers(String shipment) {
        return numbers(shipment).stream()
                .filter(number -> number.kind().equals("tracking"))
                .map(Number::numberValue)
                .toList();
    }

    /** How many shipments stand in each state. */
    public Map<String, Long> countByState() {
        return handle.createQuery("SELECT state, COUNT(*) AS n FROM shipment GROUP BY state").mapToMap().stream()
                .collect(Collectors.toMap(
                        row -> (String) row.get("state"), row -> ((java.lang.Number) row.get("n")).longValue()));
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    static String after(String parameter) {
        return AFTER.formatted(parameter);
    }

    private static List<ShipmentRow> list(Query query) {
        return query.map(ConstructorMapper.of(ShipmentRow.class)).list();
    }

    private static Update bind(Update update, Plan plan) {
        return update.bind("account", plan.account())
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
