package io.waybill.ledger;

import io.waybill.ledger.AtOnce.Claim;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * With what shipments begin, or begin again: where they are bought, or what they wait for. One that is to begin again and returns
 * false lost to another writer, as in the {@link ShipmentBook}, and changed nothing.
 */
public final class PlanBook {
    private static final String BEGIN = """
            INSERT INTO shipment (id, order_uid, seq, reason, request_key, account, carrier, service,
                label_format, label_size, label_dpi, state, fence, due, attempts, lookups,
                hold_reason, waiting_for, parcels, created_at, imported, asked, owner, lease_until, lane)
            VALUES (:id, :order, :seq, :reason, :requestKey, :account, :carrier, :service,
                :labelFormat, :labelSize, :labelDpi, :state, :attempts, COALESCE(:due, CURRENT_TIMESTAMP), :attempts, 0,
                :holdReason, :waitingFor, :parcels, CURRENT_TIMESTAMP, FALSE, :asked, :owner, %s, %s)""";

    private static final String BEGIN_FIRST = BEGIN.formatted(FromNow.by("lease"), ":lane");
    private static final String BEGIN_MORE = BEGIN.formatted(FromNow.by("lease"), Lanes.OF_ORDER.formatted(":order"));

    private static final String BEGIN_AGAIN = """
            UPDATE shipment
            SET account = :account, carrier = :carrier, service = :service,
                label_format = :labelFormat, label_size = :labelSize, label_dpi = :labelDpi,
                state = :state, fence = fence + 1, lookups = 0, due = COALESCE(:due, CURRENT_TIMESTAMP),
                hold_reason = :holdReason, waiting_for = :waitingFor, parcels = :parcels,
                problem = NULL, owner = NULL, lease_until = NULL, lane = %s
            WHERE id = :id AND fence = :fence AND state IN ('HELD', 'CHOOSING', 'READY', 'REFUSED')""".formatted(Lanes.OF_ORDER.formatted("shipment.order_uid"));

    private final Handle handle;

    PlanBook(Handle handle) {
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
    public void begin(List<First> all) {
        Sql inserted = Sql.of(handle, BEGIN_FIRST);
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
    public String begin(String orderUid, int seq, String reason, @Nullable String requestKey, Plan plan) {
        return begin(orderUid, seq, reason, requestKey, null, plan);
    }

    /**
     * A further shipment of an order.
     *
     * @param asked what it says otherwise than its order, a JSON Merge Patch; null for nothing
     */
    public String begin(
            String orderUid, int seq, String reason, @Nullable String requestKey, @Nullable String asked, Plan plan) {
        String id = Ids.next("shp");
        claimed(bind(Sql.of(handle, BEGIN_MORE), plan), null)
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
    public boolean beginAgain(ShipmentRow before, Plan plan) {
        boolean planned = bind(Sql.of(handle, BEGIN_AGAIN), plan)
                        .bind("id", before.id())
                        .bind("fence", before.fence())
                        .execute()
                == 1;
        if (planned) {
            new QuotedBook(handle).takeBack(before.id());
        }
        return planned;
    }

    /** A cancelled order is taken in again. */
    public boolean uncancel(ShipmentRow row, Plan plan) {
        ShipmentBook shipments = new ShipmentBook(handle);
        return shipments.move(row, ShipmentState.HELD, null)
                && beginAgain(shipments.find(row.id(), Namespaces.ALL).orElseThrow(), plan);
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
