package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * What a source or a namespace has bought today, counted from the purchase attempts themselves: those sold and those
 * that may have been. A day is one of UTC, by the database's clock. A void gives nothing back.
 */
public final class SpendingBook {
    private static final String COUNTED = """
            FROM purchase_attempt a
            WHERE a.%s = :name AND a.created_at >= :since AND a.state NOT IN ('NOT_SENT', 'REFUSED', 'NOT_FOUND')""";

    /** What is quoted for the first piece after this is of that piece alone; before it, of all. */
    private static final String CUT_AT = """
            (SELECT MIN(c.created_at) FROM shipment c WHERE c.order_uid = s.order_uid AND c.split_from = s.split_from
                AND c.reason = '%s' AND c.state <> 'CANCELLED')""".formatted(PieceBook.PIECE);

    /** Of what the shipment was chosen for last, if it is still to be bought so; of a piece its part of what all cost, until it is chosen itself. */
    private static final String QUOTED = """
            SELECT CASE WHEN q.currency <> :currency THEN NULL
                WHEN q.shipment_uid = s.split_from AND q.quoted_at <= %1$s THEN q.amount / GREATEST(1, (
                    SELECT COUNT(*) FROM shipment p WHERE p.order_uid = s.order_uid AND p.split_from = s.split_from
                        AND p.state NOT IN ('VOIDED', 'CANCELLED')))
                ELSE q.amount END
            FROM shipment s JOIN quote q ON q.shipment_uid IN (s.id, s.split_from)
            WHERE s.id = %2$s AND q.chosen AND q.account = s.account AND q.service = s.service
                AND (q.shipment_uid = s.id OR q.quoted_at <= %1$s)
            ORDER BY q.id DESC LIMIT 1""";

    private static final String COST = """
            COALESCE(
                (SELECT SUM(c.amount) FROM charge c
                 WHERE c.shipment_uid = a.shipment_uid AND c.source_ref = a.ref AND c.side = 'expected'
                   AND c.kind = 'label_charge' AND c.currency = :currency),
                (%s),
                CAST(:perLabel AS NUMERIC(19, 4)) * a.labels)""".formatted(QUOTED.formatted(CUT_AT, "a.shipment_uid"));

    private final Handle handle;

    SpendingBook(Handle handle) {
        this.handle = handle;
    }

    /** Whose purchases are counted together. */
    public record Scope(Kind kind, String name) {
        /** What a limit may be set for. */
        public enum Kind {
            SOURCE,
            NAMESPACE
        }

        private String column() {
            return kind.name().toLowerCase(Locale.ROOT);
        }

        private String key() {
            return column() + ":" + name;
        }
    }

    /** Holds the scope until the transaction ends: no other purchase is counted in it meanwhile. */
    public void lock(Scope scope) {
        HeldName.hold(handle, scope.key());
    }

    /** How many labels were bought today, or may have been. */
    public long labels(Scope scope) {
        return today(scope, "SELECT COALESCE(SUM(a.labels), 0) ")
                .mapTo(Long.class)
                .one();
    }

    /**
     * What they cost: as charged in this currency, else as quoted, else {@code perLabel} each.
     *
     * @param currency ISO 4217
     */
    public BigDecimal amount(Scope scope, String currency, BigDecimal perLabel) {
        String sum = "SELECT COALESCE(SUM(t.cost), 0) FROM (SELECT " + COST + " AS cost "
                + COUNTED.formatted(scope.column()) + ") t";
        return handle.createQuery(sum)
                .bind("name", scope.name())
                .bind("since", midnight())
                .bind("currency", currency)
                .bind("perLabel", perLabel)
                .mapTo(BigDecimal.class)
                .one();
    }

    /** The price a shipment was chosen for, in this currency; of a piece its part, or its own where it was chosen itself. */
    public Optional<BigDecimal> quoted(String shipment, String currency) {
        return handle.createQuery(QUOTED.formatted(CUT_AT, ":shipment"))
                .bind("shipment", shipment)
                .bind("currency", currency)
                .mapTo(BigDecimal.class)
                .findOne();
    }

    /** When the next day begins. */
    public Instant resetsAt() {
        return midnight().plus(1, ChronoUnit.DAYS);
    }

    private Query today(Scope scope, String select) {
        return handle.createQuery(select + COUNTED.formatted(scope.column()))
                .bind("name", scope.name())
                .bind("since", midnight());
    }

    private Instant midnight() {
        return handle.createQuery("SELECT CURRENT_TIMESTAMP")
                .mapTo(Instant.class)
                .one()
                .truncatedTo(ChronoUnit.DAYS);
    }
}
