package io.waybill.intake;

import io.waybill.ledger.AtOnce.Claim;
import io.waybill.ledger.Channel;
import io.waybill.ledger.InboxBook;
import io.waybill.ledger.InboxBook.Key;
import io.waybill.ledger.OrderBook;
import io.waybill.ledger.OrderBook.Named;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.PlanBook.First;
import io.waybill.ledger.RejectionBook.Match;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StoryBook;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Tx;
import io.waybill.order.Order;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order nobody knows yet, and how its first shipment starts.
 *
 * @param id the hub's, of the order
 * @param shipment the hub's, of its first shipment
 * @param effective what it says, with defaults
 */
record NewOrder(String id, String shipment, Order effective, Revision revision, Start start) {
    private static final int FIRST = 1;

    /**
     * Writes orders that begin, each kind of row for all of them at once.
     *
     * @param claims by the very orders, of those that are bought from their first moment
     */
    static void write(Tx tx, List<NewOrder> orders, Map<NewOrder, Claim> claims) {
        tx.together(() -> {
            tx.orders().insert(orders.stream().map(NewOrder::row).toList());
            tx.plans()
                    .begin(orders.stream()
                            .map(order -> order.first(claims.get(order)))
                            .toList());
            tx.story().tell(orders.stream().map(NewOrder::received).toList());
        });
    }

    /** Tells of orders that were written. */
    static void announce(Tx tx, List<NewOrder> orders) {
        List<NewOrder> wanted = orders.stream()
                .filter(order -> tx.events()
                        .isWanted(order.revision().namespace(), order.start().types()))
                .toList();
        Map<String, OrderRow> rows =
                tx.orders().of(wanted.stream().map(NewOrder::id).toList());
        tx.events()
                .begin(wanted.stream()
                        .flatMap(order ->
                                order.start().news(Objects.requireNonNull(rows.get(order.id())), order.shipment()))
                        .toList());
    }

    /** Its row as it will be, but for the moments, which are the database's. */
    OrderRow order() {
        return new OrderRow(
                id,
                revision.namespace(),
                revision.orderId(),
                FIRST,
                revision.contentSha256(),
                revision.content(),
                revision.effective(),
                revision.releaseRule(),
                revision.channel(),
                revision.source(),
                revision.mapping(),
                revision.mappingVersion(),
                Instant.EPOCH,
                null);
    }

    boolean isReady() {
        return start.plan().state() == ShipmentState.READY;
    }

    /** Its first shipment as it will be, but for the moments. */
    ShipmentRow first() {
        return ShipmentRow.first(shipment, id, start.plan());
    }

    private First first(@Nullable Claim claim) {
        return new First(shipment, id, revision, start.plan(), claim);
    }

    /** Whether something is switched that may keep it out. */
    boolean isSwitched(Switches switches) {
        return switches.isShadow(source())
                || Channel.of(start.submission().channel())
                        .filter(channel -> switches.isGated(revision.namespace(), channel))
                        .isPresent();
    }

    String source() {
        return start.submission().source();
    }

    Named named() {
        return new Named(revision.namespace(), revision.orderId());
    }

    /** What it may answer of what was rejected. */
    Optional<Match> answers() {
        return Rejection.match(start.submission(), named());
    }

    /** What it came under; null when it came without a name. */
    @Nullable
    Key key() {
        Submission by = start.submission();
        return by.idempotencyKey() == null ? null : new Key(by.source(), by.idempotencyKey());
    }

    /** That it was taken in. */
    InboxBook.Entry entry() {
        return new InboxBook.Entry(start.submission().bodySha256(), id, Taken.Result.ACCEPTED.name(), null);
    }

    private OrderBook.New row() {
        return new OrderBook.New(id, revision, start.types().size());
    }

    private StoryBook.Line received() {
        return new StoryBook.Line(
                id,
                shipment,
                "received",
                start.submission().actor(),
                start.detail(FIRST).toString());
    }
}
