package io.waybill.ledger;

import java.math.BigDecimal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Corrections in the money ledger: each a line of its own that carries what the line it corrects carries, and mostly names it. */
public final class CorrectionBook {
    private static final String BACK = """
            INSERT INTO charge (id, namespace, account, carrier, order_uid, order_id, shipment_uid, parcel,
                tracking_number, side, kind, type, amount, currency, carrier_code, carrier_text, source, source_ref,
                cost_center, department, customer_refs, charge_event, reason, corrects, occurred_at, recorded_at)
            SELECT :id, namespace, account, carrier, order_uid, order_id, shipment_uid, parcel,
                tracking_number, side, %s, type, :amount, currency, carrier_code, carrier_text,
                %s, :sourceRef,
                cost_center, department, customer_refs, charge_event, %s, %s, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
            FROM charge WHERE id = :line""";

    private static final String CREDIT = BACK.formatted("'void_credit'", "'void-reply'", "reason", "id");

    private static final String TAKE_BACK = BACK.formatted("'void_credit'", "'written-off'", "reason", "corrects");

    private static final String BESIDE_NO_MORE = BACK.formatted("kind", "source", "reason", "id");

    private static final String ITS_OWN = BACK.formatted("kind", "source", "NULL", "NULL");

    private static final String CORRECTIONS =
            "SELECT COALESCE(SUM(amount), 0) FROM charge WHERE shipment_uid = :shipment AND corrects = :line";

    private static final String CAME_BACK = CORRECTIONS + " AND source = 'void-reply' AND source_ref <> :ref";

    private final Handle handle;
    private final NewLines newLines;

    CorrectionBook(Handle handle, NewLines newLines) {
        this.handle = handle;
        this.newLines = newLines;
    }

    /**
     * Gives back all or part of a line, in a line of its own that names it and carries the same names and references.
     *
     * @param amount signed as it is owed: a credit of a price is negative
     */
    public void credit(String line, BigDecimal amount, String sourceRef) {
        write(CREDIT, line, amount, sourceRef);
    }

    /** Takes back what a line gives back, all or part of it, in a line that is beside it of the same price. */
    void takeBack(ChargeBook.Row line, BigDecimal amount, String sourceRef) {
        write(TAKE_BACK, line.id(), amount, sourceRef);
    }

    private void write(String sql, String line, BigDecimal amount, String sourceRef) {
        handle.createUpdate(sql)
                .bind("id", newLines.next())
                .bind("line", line)
                .bind("amount", amount)
                .bind("sourceRef", sourceRef)
                .execute();
    }

    /** Whether anything of a line was given back. */
    public boolean isCredited(ChargeBook.Row line) {
        return credited(line).signum() != 0;
    }

    /** What of a line was not given back. */
    public BigDecimal left(ChargeBook.Row line) {
        return line.amount().add(credited(line));
    }

    /** What was given back of it, below 0, less what was taken back again. */
    BigDecimal credited(ChargeBook.Row line) {
        return corrections(CORRECTIONS, line).mapTo(BigDecimal.class).one();
    }

    /** What was given back of it because an invoice or a carrier's books did, and not by the answer to a void. */
    public BigDecimal cameBack(ChargeBook.Row line) {
        return corrections(CAME_BACK, line)
                .bind("ref", line.sourceRef())
                .mapTo(BigDecimal.class)
                .one()
                .negate();
    }

    private Query corrections(String sql, ChargeBook.Row line) {
        return handle.createQuery(sql).bind("shipment", line.shipmentUid()).bind("line", line.id());
    }

    /** What of a label beside its shipment's own was not given back is what the shipment's own costs from now on. */
    public void becomesOwn(ChargeBook.Row line) {
        BigDecimal left = left(line);
        String ref = String.valueOf(line.sourceRef());
        if (left.signum() != 0) {
            write(BESIDE_NO_MORE, line.id(), left.negate(), ref);
            write(ITS_OWN, line.id(), left, ref);
        }
    }
}
