package io.waybill.ledger;

import io.waybill.text.Shortened;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Purchase requests, each stored before it is sent. The unique open slot makes the database itself forbid two open
 * attempts of one shipment.
 */
public final class AttemptBook {
    private static final String OPEN = """
            INSERT INTO purchase_attempt (ref, shipment_uid, attempt, purchase_key, order_number, account, carrier, fence,
                state, sent_by, request_bytes, open_slot, created_at, source, namespace, labels)
            VALUES (:ref, :shipment, :attempt, :key, :number, :account, :carrier, :fence, 'SENDING', :by,
                :bytes, :shipment, CURRENT_TIMESTAMP, :source, :namespace, :labels)""";

    private static final String SETTLE = """
            UPDATE purchase_attempt SET state = :state, response_bytes = COALESCE(:response, response_bytes),
                words = COALESCE(:words, words), carrier_shipment = COALESCE(:carrierShipment, carrier_shipment),
                open_slot = CASE WHEN :state = 'UNKNOWN' THEN open_slot ELSE NULL END,
                settled_at = CASE WHEN :state = 'UNKNOWN' THEN NULL ELSE CURRENT_TIMESTAMP END
            WHERE ref = :ref""";

    /** An older hub writes no carrier: it is its shipment's, while that is at the same account. */
    private static final String ATTEMPTS = """
            SELECT a.ref, a.shipment_uid, a.attempt, a.purchase_key, a.order_number, a.account,
                COALESCE(a.carrier,
                    (SELECT s.carrier FROM shipment s WHERE s.id = a.shipment_uid AND s.account = a.account)) AS carrier,
                a.fence, a.state, a.request_bytes, a.words, a.created_at
            FROM purchase_attempt a WHERE\s""";

    private final Handle handle;

    AttemptBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * Whom an attempt is counted for.
     *
     * @param labels how many it buys, one for each parcel
     */
    public record Buyer(String source, String namespace, int labels) {}

    /**
     * An attempt that begins, and whom it is counted for.
     *
     * @param sentBy the node that will ask the carrier
     */
    public record Opening(AttemptRow attempt, Buyer buyer, String sentBy) {}

    /** T1: the intent. Fails on the open slot when another attempt of the shipment is open. */
    public void open(AttemptRow attempt, Buyer buyer, String sentBy) {
        open(List.of(new Opening(attempt, buyer, sentBy)));
    }

    /** T1: the intents. Fails on the open slot when another attempt of one of the shipments is open. */
    public void open(List<Opening> openings) {
        if (openings.isEmpty()) {
            return;
        }
        Sql intents = Sql.of(handle, OPEN);
        for (Opening opening : openings) {
            AttemptRow attempt = opening.attempt();
            intents.bind("ref", attempt.ref())
                    .bind("shipment", attempt.shipmentUid())
                    .bind("attempt", attempt.attempt())
                    .bind("key", attempt.purchaseKey())
                    .bind("number", attempt.orderNumber())
                    .bind("account", attempt.account())
                    .bind("carrier", attempt.carrier())
                    .bind("fence", attempt.fence())
                    .bind("by", opening.sentBy())
                    .bind("source", opening.buyer().source())
                    .bind("namespace", opening.buyer().namespace())
                    .bind("labels", opening.buyer().labels())
                    .bind("bytes", attempt.requestBytes())
                    .add();
        }
        intents.write();
    }

    /**
     * Records what came of an attempt.
     *
     * @param state see {@link AttemptRow}; {@code UNKNOWN} keeps the slot, every other word frees it
     * @param response empty keeps the answer that is there
     */
    public void settle(
            String ref, String state, byte[] response, @Nullable String words, @Nullable String carrierShipment) {
        settle(List.of(new Settled(ref, state, response, words, carrierShipment)));
    }

    /** What came of one attempt, as {@link #settle(String, String, byte[], String, String)} takes it. */
    public record Settled(
            String ref,
            String state,
            byte[] response,
            @Nullable String words,
            @Nullable String carrierShipment) {}

    public void settle(List<Settled> settled) {
        if (settled.isEmpty()) {
            return;
        }
        Sql ends = Sql.of(handle, SETTLE);
        for (Settled each : settled) {
            String words = each.words();
            ends.bind("ref", each.ref())
                    .bind("state", each.state())
                    .bind("response", each.response().length == 0 ? null : each.response())
                    .bind("words", words == null ? null : Shortened.to(2000, words))
                    .bind("carrierShipment", each.carrierShipment())
                    .add();
        }
        ends.write();
    }

    /** What its carrier said of one that was settled otherwise, or is still open; nothing of a sale is touched. */
    public void saidLate(String ref, byte[] response, String words) {
        handle.createUpdate("""
                        UPDATE purchase_attempt
                        SET response_bytes = COALESCE(:response, response_bytes), words = :words
                        WHERE ref = :ref AND state NOT IN ('BOUGHT', 'ORPHAN')""")
                .bind("response", response.length == 0 ? null : response)
                .bind("words", Shortened.to(2000, words))
                .bind("ref", ref)
                .execute();
    }

    /** Whether its outcome is open, so that no other of its shipment is. */
    public boolean isOpen(String ref) {
        return handle.createQuery("SELECT COUNT(*) FROM purchase_attempt WHERE ref = :ref AND open_slot = shipment_uid")
                        .bind("ref", ref)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** The shipment was sold under {@code ref}: any other attempt still open was not. */
    public void closeOthers(String shipment, String ref) {
        handle.createUpdate("""
                        UPDATE purchase_attempt SET state = 'NOT_FOUND', open_slot = NULL,
                            settled_at = CURRENT_TIMESTAMP
                        WHERE open_slot = :shipment AND ref <> :ref""").bind("shipment", shipment).bind("ref", ref).execute();
    }

    /** Every attempt of a shipment, first to last. */
    public List<AttemptRow> of(String shipment) {
        return attempts("shipment_uid = :shipment ORDER BY attempt")
                .bind("shipment", shipment)
                .map(ConstructorMapper.of(AttemptRow.class))
                .list();
    }

    /** Every attempt of a shipment, last to first: what was asked for last is what its order says. */
    public List<AttemptRow> newestFirst(String shipment) {
        return attempts("shipment_uid = :shipment ORDER BY attempt DESC")
                .bind("shipment", shipment)
                .map(ConstructorMapper.of(AttemptRow.class))
                .list();
    }

    /** The one a shipment was sold under, which need not be the last; empty while it is not sold by any. */
    public Optional<AttemptRow> sold(String shipment) {
        return attempts("shipment_uid = :shipment AND state = 'BOUGHT' ORDER BY attempt LIMIT 1")
                .bind("shipment", shipment)
                .map(ConstructorMapper.of(AttemptRow.class))
                .findOne();
    }

    /** The last of a shipment; empty where nothing was ever asked. */
    public Optional<AttemptRow> last(String shipment) {
        return attempts("shipment_uid = :shipment ORDER BY attempt DESC LIMIT 1")
                .bind("shipment", shipment)
                .map(ConstructorMapper.of(AttemptRow.class))
                .findOne();
    }

    /** The one whose outcome is open, which need not be the last; the last where none is. Empty where nothing was ever asked. */
    public Optional<AttemptRow> inDoubt(String shipment) {
        return attempts("""
                        shipment_uid = :shipment
                        ORDER BY CASE WHEN open_slot IS NULL THEN 1 ELSE 0 END, attempt DESC LIMIT 1""")
                .bind("shipment", shipment)
                .map(ConstructorMapper.of(AttemptRow.class))
                .findOne();
    }

    public Optional<AttemptRow> find(String ref) {
        return attempts("ref = :ref")
                .bind("ref", ref)
                .map(ConstructorMapper.of(AttemptRow.class))
                .findOne();
    }

    /** What a carrier answered to it, as it was kept; empty where that is nothing. */
    public Optional<byte[]> answer(String ref) {
        return handle.createQuery(
                        "SELECT response_bytes FROM purchase_attempt WHERE ref = :ref AND response_bytes IS NOT NULL")
                .bind("ref", ref)
                .mapTo(byte[].class)
                .findOne();
    }

    private Query attempts(String which) {
        return handle.createQuery(ATTEMPTS + which);
    }
}
