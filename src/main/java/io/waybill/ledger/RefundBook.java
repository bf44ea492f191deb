package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is asked back for labels given back: requested, then pending, approved, rejected or excluded, and credited or written off in the end. */
public final class RefundBook {
    private static final String COLUMNS = """
            SELECT r.id, r.namespace, r.account, r.carrier, r.order_uid, r.order_id, r.shipment_uid, r.carrier_shipment, r.ref,
                r.orphan, r.state, r.currency, r.paid, r.requested, r.approved, r.credited, r.credited_by, r.words,
                r.requested_at, r.decided_at, r.credited_at
            FROM refund r""";

    private static final String INSERT = """
            INSERT INTO refund (id, namespace, account, carrier, order_uid, order_id, shipment_uid, carrier_shipment, ref,
                orphan, state, currency, paid, requested, credited, requested_at, due)
            VALUES (:id, :namespace, :account, :carrier, :orderUid, :orderId, :shipmentUid, :carrierShipment, :ref,
                :orphan, :state, :currency, :paid, :paid, 0, CURRENT_TIMESTAMP, %s)""".formatted(FromNow.by("wait"));

    /** One that waits was asked back when it was first: of an orphan the void itself is asked for again and again. */
    private static final String AGAIN = """
            UPDATE refund SET state = :state, words = NULL, decided_at = NULL, requested_at = CURRENT_TIMESTAMP, due = %s
            WHERE account = :account AND carrier_shipment = :carrierShipment
                AND (state IN ('rejected', 'excluded') OR (state = 'written_off' AND orphan = FALSE))""".formatted(FromNow.by("wait"));

    /** What came back before the carrier said how much it gives back may be all of that. What is written off waits again only for what it promises. */
    private static final String DECIDE = """
            UPDATE refund SET state = CASE WHEN :state = 'approved' AND credited > 0
                    AND credited >= CAST(:approved AS NUMERIC(19, 4)) AND currency = CAST(:currency AS VARCHAR(3))
                    THEN 'credited' ELSE CAST(:state AS VARCHAR(20)) END,
                approved = COALESCE(CAST(:approved AS NUMERIC(19, 4)), approved),
                currency = COALESCE(CAST(:currency AS VARCHAR(3)), currency), words = COALESCE(CAST(:words AS VARCHAR(2000)), words),
                due = CASE WHEN state = 'written_off' THEN CURRENT_TIMESTAMP ELSE due END, decided_at = CURRENT_TIMESTAMP
            WHERE account = :account AND carrier_shipment = :carrierShipment AND state <> 'credited'
                AND (state <> 'written_off' OR :state = 'approved')""";

    /** All of it is here: what was approved or, as nobody said, asked for; of an unknown price what was charged, and of that what came of one that was not turned down. */
    private static final String ALL_HERE = """
            :credited > 0 AND :credited >= COALESCE(approved, requested, CAST(:charged AS NUMERIC(19, 4)),
                CASE WHEN state NOT IN ('rejected', 'excluded') THEN :credited END)""";

    private static final String CREDIT = """
            UPDATE refund SET credited = :credited, credited_by = :by,
                approved = CASE WHEN %1$s THEN COALESCE(approved, :credited) ELSE approved END,
                currency = COALESCE(currency, :currency),
                state = CASE WHEN %1$s THEN 'credited' WHEN state = 'credited' AND :credited < credited THEN 'approved' ELSE state END,
                credited_at = CASE WHEN :credited > 0 THEN CURRENT_TIMESTAMP END
            WHERE id = :id AND credited <> :credited""".formatted(ALL_HERE);

    private static final String END = """
            UPDATE refund SET state = CASE WHEN credited > 0 THEN 'credited' ELSE 'rejected' END,
                approved = COALESCE(approved, CASE WHEN credited > 0 THEN credited END), words = :words,
                decided_at = CURRENT_TIMESTAMP
            WHERE id = :id AND state IN ('requested', 'pending', 'approved')""";

    private static final String WRITE_OFF = """
            UPDATE refund SET state = 'written_off', words = :words, decided_at = CURRENT_TIMESTAMP
            WHERE id = :id AND state IN ('requested', 'pending', 'approved', 'rejected', 'excluded')""";

    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);

    static final String DUE = COLUMNS + " WHERE r.account = :account AND " + FromNow.passed("r.due")
            + " AND r.state IN ('requested', 'pending', 'approved', 'written_off') ORDER BY r.account, r.due LIMIT :limit";

    private final Handle handle;

    RefundBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * What is asked back for one label.
     *
     * @param orphan it was sold beside the shipment's own
     * @param state {@code requested | pending | approved | rejected | excluded | credited | written_off | not_applicable}
     * @param paid what it was said to cost, or null when nobody said
     * @param requested what is asked back: all of it
     * @param approved what the carrier said it gives back, or null
     * @param credited what came back
     * @param creditedBy the invoice, or {@code fee-query}
     * @param words the carrier's, and those of whoever lets it keep what has not come
     */
    public record Row(
            String id,
            String namespace,
            String account,
            String carrier,
            String orderUid,
            String orderId,
            String shipmentUid,
            String carrierShipment,
            String ref,
            boolean orphan,
            String state,
            @Nullable String currency,
            @Nullable BigDecimal paid,
            @Nullable BigDecimal requested,
            @Nullable BigDecimal approved,
            BigDecimal credited,
            @Nullable String creditedBy,
            @Nullable String words,
            Instant requestedAt,
            @Nullable Instant decidedAt,
            @Nullable Instant creditedAt) {
        public boolean isWrittenOff() {
            return state.equals("written_off");
        }

        /** What a person wrote off of it and has not come since; null where nothing was, or nobody knows how much it is. */
        public @Nullable BigDecimal writtenOff() {
            BigDecimal given = approved == null ? requested : approved;
            return isWrittenOff() && given != null ? given.subtract(credited).max(BigDecimal.ZERO) : null;
        }
    }

    /** A label that is given back. */
    public record Asked(
            String namespace,
            String account,
            String carrier,
            String orderUid,
            String orderId,
            String shipmentUid,
            String carrierShipment,
            String ref,
            boolean orphan,
            String state,
            @Nullable String currency,
            @Nullable BigDecimal paid) {}

    /** What the carrier said. */
    public record Decided(
            String state,
            @Nullable BigDecimal approved,
            @Nullable String currency,
            @Nullable String words) {}

    /**
     * Which ones: every part may be null.
     *
     * @param before requested before
     */
    public record Search(
            @Nullable String account,
            @Nullable String state,
            @Nullable Instant before,
            @Nullable String after,
            int limit) {}

    /** Begins a refund, or begins one anew that was turned down, or was written off of a shipment's own label; looked at after {@code wait}, or never when it is null. */
    public void ask(Asked asked, @Nullable Duration wait) {
        int known = handle.createUpdate(AGAIN)
                .bindMethods(asked)
                .bind("wait", wait == null ? null : FromNow.seconds(wait))
                .execute();
        if (known == 0 && find(asked.account(), asked.carrierShipment()).isEmpty()) {
            handle.createUpdate(INSERT)
                    .bindMethods(asked)
                    .bind("id", Ids.next("rfd"))
                    .bind("wait", wait == null ? null : FromNow.seconds(wait))
                    .execute();
        }
    }

    /** What is asked back of a label that was beside its shipment's own is of the shipment's own from now on. */
    public void becomesOwn(String shipment, String carrierShipment) {
        handle.createUpdate("""
                        UPDATE refund SET orphan = FALSE
                        WHERE shipment_uid = :shipment AND carrier_shipment = :number""")
                .bind("shipment", shipment)
                .bind("number", carrierShipment)
                .execute();
    }

    /** What the carrier said of a label; nothing where none is asked back, or it came back already. */
    public void decide(String account, String carrierShipment, Decided decided) {
        handle.createUpdate(DECIDE)
                .bindMethods(decided)
                .bind("account", account)
                .bind("carrierShipment", carrierShipment)
                .execute();
    }

    /**
     * Says how much came back in all.
     *
     * @param charged what it was charged with, for where nobody said before what it costs; null where nobody knows
     * @return false when that was known
     */
    public boolean credit(Row row, BigDecimal credited, @Nullable BigDecimal charged, String currency, String by) {
        return handle.createUpdate(CREDIT)
                        .bind("id", row.id())
                        .bind("credited", credited)
                        .bind("charged", charged != null && charged.signum() > 0 ? charged : null)
                        .bind("currency", currency)
                        .bind("by", by)
                        .execute()
                == 1;
    }

    /**
     * What has not come is not to come any more: what came is all of it, and where nothing came it was turned down.
     *
     * @param words why, in place of the carrier's
     * @return false when it was at its end before
     */
    public boolean end(Row row, String words) {
        return close(END, row, words);
    }

    /**
     * A person does not wait for the rest any more.
     *
     * @param words who and why, behind the carrier's
     * @return false when all of it is here, nothing was ever owed, or it was written off before
     */
    public boolean writeOff(Row row, String words) {
        return close(WRITE_OFF, row, words);
    }

    private boolean close(String how, Row row, String words) {
        return handle.createUpdate(how)
                        .bind("id", row.id())
                        .bind("words", words)
                        .execute()
                == 1;
    }

    public Optional<Row> find(String id, Namespaces scope) {
        return scope.filter(handle.createQuery(COLUMNS + " WHERE r.id = :id AND " + scope.condition("r.namespace"))
                        .bind("id", id))
                .map(ROW)
                .findOne();
    }

    public Optional<Row> find(String account, String carrierShipment) {
        return handle.createQuery(COLUMNS + " WHERE r.account = :account AND r.carrier_shipment = :carrierShipment")
                .bind("account", account)
                .bind("carrierShipment", carrierShipment)
                .map(ROW)
                .findOne();
    }

    public List<Row> ofShipments(List<String> shipments) {
        return shipments.isEmpty()
                ? List.of()
                : handle.createQuery(COLUMNS + " WHERE r.shipment_uid IN (<ids>) ORDER BY r.id")
                        .bindList("ids", shipments)
                        .map(ROW)
                        .list();
    }

    /** What came in all of the labels whose cost stands with its own: of an orphan, of the other orphans of its shipment too. */
    public BigDecimal creditedTogether(Row row, String currency) {
        return ofShipments(List.of(row.shipmentUid())).stream()
                .filter(one -> one.orphan() == row.orphan() && currency.equals(one.currency()))
                .map(Row::credited)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Whether all of it is here. */
    public boolean isCredited(Row row) {
        return is(row, "credited");
    }

    /** Whether more of it is to come. */
    public boolean isOpen(Row row) {
        return is(row, "requested", "pending", "approved");
    }

    private boolean is(Row row, String... states) {
        return find(row.account(), row.carrierShipment())
                .filter(now -> List.of(states).contains(now.state()))
                .isPresent();
    }

    /** Those of an account to be looked at now. */
    public List<Row> due(String account, int limit) {
        return handle.createQuery(DUE)
                .bind("account", account)
                .bind("limit", limit)
                .map(ROW)
                .list();
    }

    /** @param wait null for never */
    public void lookAgain(Row row, @Nullable Duration wait) {
        handle.createUpdate("UPDATE refund SET due = " + FromNow.by("wait") + " WHERE id = :id")
                .bind("wait", wait == null ? null : FromNow.seconds(wait))
                .bind("id", row.id())
                .execute();
    }

    /** Oldest first. */
    public List<Row> list(Search search, Namespaces scope) {
        return new Where()
                .in(scope, "r.namespace")
                .and("r.account = :account", "account", search.account())
                .and("r.state = :state", "state", search.state())
                .and("r.requested_at < :before", "before", search.before())
                .and("r.id > :after", "after", search.after())
                .query(handle, COLUMNS, " ORDER BY r.id LIMIT :limit")
                .bind("limit", search.limit())
                .map(ROW)
                .list();
    }
}
