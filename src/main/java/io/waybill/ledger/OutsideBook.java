package io.waybill.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Labels bought outside this hub: shipments that are {@code imported} and labelled without a purchase. None of them is
 * ever bought, fetched or voided here.
 */
public final class OutsideBook {
    private static final String TAKE_OVER = """
            UPDATE shipment
            SET state = 'LABELLED', imported = TRUE, account = :account, carrier = :carrier, service = :service,
                carrier_shipment = :trackingNumber, bought_at = :boughtAt, labelled_at = :boughtAt, voided_at = NULL,
                hold_reason = NULL, waiting_for = NULL, problem = NULL, owner = NULL, lease_until = NULL,
                track_due = CURRENT_TIMESTAMP, due = CURRENT_TIMESTAMP, fence = fence + 1
            WHERE id = :id AND fence = :fence AND state IN ('HELD', 'CHOOSING', 'READY', 'REFUSED', 'CANCELLED')""";

    private static final String INSERT = """
            INSERT INTO shipment (id, order_uid, seq, reason, request_key, account, carrier, service,
                label_format, label_size, label_dpi, state, fence, due, attempts, lookups, carrier_shipment,
                created_at, bought_at, labelled_at, voided_at, track_due, imported, lane)
            VALUES (:id, :order, :seq, 'outside', :requestKey, :account, :carrier, :service,
                'PDF', '4x6', 203, :state, 1, CURRENT_TIMESTAMP, 0, 0, :trackingNumber,
                CURRENT_TIMESTAMP, :boughtAt, :boughtAt, CASE WHEN :state = 'VOIDED' THEN CURRENT_TIMESTAMP END,
                CASE WHEN :state = 'LABELLED' THEN CURRENT_TIMESTAMP END, TRUE, %s)""".formatted(Lanes.OF_ORDER.formatted(":order"));

    private static final String ELSEWHERE = """
            SELECT o.namespace, o.order_id FROM shipment_number n JOIN shipment s ON s.id = n.shipment_uid
            JOIN orders o ON o.id = s.order_uid
            WHERE n.number_value = :number AND n.replaced_at IS NULL AND s.order_uid <> :order AND s.account = :account
                AND (s.account <> :none OR o.namespace = :namespace)
                AND s.state <> 'VOIDED' AND s.bought_at > :after AND s.bought_at < :before""";

    private final Handle handle;

    OutsideBook(Handle handle) {
        this.handle = handle;
    }

    /** @param account of the hub, or {@link #NO_ACCOUNT} */
    public record Label(
            String account, String carrier, @Nullable String service, String trackingNumber, Instant boughtAt) {}

    /** An order that has the number, of whichever namespace. */
    public record Other(String namespace, String orderId) {}

    /** What stands for the account of a label that was bought with none of the hub's. */
    public static final String NO_ACCOUNT = "elsewhere";

    /** The label is the one this shipment waited for: it is not bought any more. False when a buyer was quicker. */
    public boolean takeOver(ShipmentRow row, Label label) {
        boolean taken = bind(handle.createUpdate(TAKE_OVER), label)
                        .bind("id", row.id())
                        .bind("fence", row.fence())
                        .execute()
                == 1;
        if (taken) {
            new QuotedBook(handle).takeBack(row.id());
        }
        return taken;
    }

    /**
     * A shipment of its own.
     *
     * @return its id
     */
    public String insert(String order, int seq, Label label, ShipmentState state) {
        String id = Ids.next("shp");
        bind(handle.createUpdate(INSERT), label)
                .bind("id", id)
                .bind("order", order)
                .bind("seq", seq)
                .bind("requestKey", "outside/" + label.trackingNumber())
                .bind("state", state.name())
                .execute();
        return id;
    }

    /**
     * Other orders whose label on this account goes by the number and was bought within half a year of it. With
     * {@link #NO_ACCOUNT} nobody shares an account: those of its own namespace alone.
     */
    public List<Other> othersWith(String namespace, String order, Label label) {
        return handle.createQuery(ELSEWHERE)
                .bind("number", label.trackingNumber())
                .bind("order", order)
                .bind("account", label.account())
                .bind("none", NO_ACCOUNT)
                .bind("namespace", namespace)
                .bind("after", label.boughtAt().minusSeconds(180L * 86_400).atOffset(ZoneOffset.UTC))
                .bind("before", label.boughtAt().plusSeconds(180L * 86_400).atOffset(ZoneOffset.UTC))
                .map((row, ctx) -> new Other(row.getString("namespace"), row.getString("order_id")))
                .list();
    }

    private static Update bind(Update update, Label label) {
        return update.bind("account", label.account())
                .bind("carrier", label.carrier())
                .bind("service", label.service())
                .bind("trackingNumber", label.trackingNumber())
                .bind("boughtAt", label.boughtAt().atOffset(ZoneOffset.UTC));
    }
}
