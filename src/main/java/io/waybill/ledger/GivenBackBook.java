package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** A label that is given back in the money ledger: what invoices bill and give back of it, and what is expected of it then. */
public final class GivenBackBook {
    /** Less what was taken off, without what was given back. */
    private static final String CHARGED = """
            SELECT SUM(c.amount) FROM charge c
            WHERE c.shipment_uid = :shipment AND c.side = 'billed' AND c.kind NOT IN ('void_credit', 'refund')
                AND c.currency = :currency
                AND :orphan =
            """ + BesideOwn.is("c");

    /** The lines that give back of a shipment's own label, or of the labels beside it. */
    private static final String CREDITS = """
             FROM charge c
            WHERE c.shipment_uid = :shipment AND c.side = 'billed' AND c.kind IN ('void_credit', 'refund')
                AND c.currency = COALESCE(CAST(:currency AS VARCHAR(3)), c.currency)
                AND :orphan =
            """ + BesideOwn.is("c");

    /** Without those that name another of the labels beside it. */
    private static final String ITS_CREDITS = CREDITS + """

                AND NOT EXISTS (SELECT 1 FROM orphan o WHERE o.shipment_uid = c.shipment_uid
                    AND o.carrier_shipment = c.tracking_number AND o.carrier_shipment <> :carrierShipment)
            """;

    private static final String SUM = "SELECT COALESCE(-SUM(c.amount), 0)";

    private static final String ON_INVOICES = SUM + ITS_CREDITS;

    private static final String ON_INVOICES_TOGETHER = SUM + CREDITS;

    private static final String LAST_CREDIT = "SELECT c.source_ref AS invoice, c.invoice_number AS number, c.currency"
            + ITS_CREDITS + " ORDER BY c.id DESC LIMIT 1";

    private static final RecordMapper<Credit> CREDIT = RecordMapper.of(Credit.class);

    private static final String BILLED_AT = """
            SELECT MIN(c.recorded_at) FROM charge c
            WHERE c.shipment_uid = :shipment AND c.side = 'billed' AND c.amount > 0
                AND :orphan =
            """ + BesideOwn.is("c");

    private final Handle handle;
    private final ChargeBook charges;
    private final CorrectionBook corrections;
    private final RefundBook refunds;

    GivenBackBook(Handle handle, ChargeBook charges, CorrectionBook corrections, RefundBook refunds) {
        this.handle = handle;
        this.charges = charges;
        this.corrections = corrections;
        this.refunds = refunds;
    }

    /** The invoice that gave back, by its id and its number. */
    public record Credit(String invoice, String number, String currency) {}

    /** Who gave back of it last, in its currency where that is known; empty while no invoice did. */
    public Optional<Credit> last(RefundBook.Row row) {
        return its(LAST_CREDIT, row, row.currency()).map(CREDIT).findOne();
    }

    /** What invoices gave back of it so far. */
    public BigDecimal onInvoices(RefundBook.Row row, String currency) {
        return its(ON_INVOICES, row, currency).mapTo(BigDecimal.class).one();
    }

    /** The same of all labels whose cost stands with its own: of an orphan, those of the other orphans of its shipment too. */
    public BigDecimal onInvoicesTogether(RefundBook.Row row, String currency) {
        return given(ON_INVOICES_TOGETHER, row, currency)
                .mapTo(BigDecimal.class)
                .one();
    }

    /** What invoices charged it with; null where none did. */
    public @Nullable BigDecimal chargedOnInvoices(RefundBook.Row row, String currency) {
        return given(CHARGED, row, currency)
                .map((found, context) -> Optional.ofNullable(found.getBigDecimal(1)))
                .one()
                .orElse(null);
    }

    /**
     * What invoices charged beyond its price, all labels whose cost stands with its own together; never below 0.
     *
     * @param corrected what is found of corrected invoices by itself: no part of it
     */
    public BigDecimal beyondPrice(RefundBook.Row row, String currency, BigDecimal corrected) {
        BigDecimal charged = chargedOnInvoices(row, currency);
        BigDecimal price = expected(row, currency).stream()
                .filter(line -> line.kind().equals("label_charge"))
                .map(ChargeBook.Row::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return charged == null
                ? BigDecimal.ZERO
                : charged.subtract(corrected).subtract(price).max(BigDecimal.ZERO);
    }

    private Query its(String sql, RefundBook.Row row, @Nullable String currency) {
        return given(sql, row, currency).bind("carrierShipment", row.carrierShipment());
    }

    private Query given(String sql, RefundBook.Row row, @Nullable String currency) {
        return handle.createQuery(sql)
                .bind("shipment", row.shipmentUid())
                .bind("currency", currency)
                .bind("orphan", row.orphan());
    }

    /** When an invoice first charged it; empty while none did. */
    public Optional<Instant> billedAt(RefundBook.Row row) {
        return handle.createQuery(BILLED_AT)
                .bind("shipment", row.shipmentUid())
                .bind("orphan", row.orphan())
                .mapTo(Instant.class)
                .findOne();
    }

    /**
     * Gives back what was expected of a label until {@code back} is given back in all, beside what is promised of others and has not
     * come, line by line, its own before those that stand with it; never more than it was expected to cost.
     *
     * @param sourceRef the reply or invoice that says so
     */
    public void giveBack(RefundBook.Row refund, String currency, BigDecimal back, String sourceRef) {
        List<ChargeBook.Row> lines = expected(refund, currency);
        BigDecimal cost = lines.stream().map(ChargeBook.Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal left = lines.stream()
                .filter(line -> line.kind().equals("void_credit"))
                .map(ChargeBook.Row::amount)
                .reduce(back.add(promisedBeside(refund, currency)), BigDecimal::add)
                .min(cost);
        List<ChargeBook.Row> own = charges.sale(refund.shipmentUid(), refund.ref(), refund.carrierShipment());
        for (ChargeBook.Row line : Stream.concat(lines.stream().filter(own::contains), lines.stream())
                .toList()) {
            BigDecimal part = corrections.left(line).min(left);
            if (line.kind().equals("label_charge") && part.signum() > 0) {
                corrections.credit(line.id(), part.negate(), sourceRef);
                left = left.subtract(part);
            }
        }
    }

    /** What is given back of the other labels beside the shipment's own by their carrier's word, and has not come. */
    private BigDecimal promisedBeside(RefundBook.Row refund, String currency) {
        return refunds.ofShipments(List.of(refund.shipmentUid())).stream()
                .filter(other ->
                        refund.orphan() && other.orphan() && !other.id().equals(refund.id()))
                .filter(other -> currency.equals(other.currency()))
                .map(other -> promised(other, currency))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal promised(RefundBook.Row refund, String currency) {
        BigDecimal approved = refund.approved();
        if (approved == null) {
            return BigDecimal.ZERO;
        }
        BigDecimal given = charges.sale(refund.shipmentUid(), refund.ref(), refund.carrierShipment()).stream()
                .filter(line ->
                        "orphan".equals(line.reason()) && line.currency().equals(currency))
                .map(corrections::credited)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .negate();
        BigDecimal came = onInvoices(refund, currency).max(refund.credited());
        return approved.min(given).subtract(came).max(BigDecimal.ZERO);
    }

    /**
     * Expects again, in lines of their own, what was given back of a label and does not come: never more than is given back beyond
     * what came.
     *
     * @param most so much of it
     * @param came what came of all labels whose cost stands with its own
     */
    public void expectAgain(RefundBook.Row refund, String currency, BigDecimal most, BigDecimal came) {
        List<ChargeBook.Row> given = expected(refund, currency).stream()
                .filter(line -> line.kind().equals("void_credit"))
                .toList();
        BigDecimal all = given.stream()
                .map(ChargeBook.Row::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .negate();
        BigDecimal again = most.min(all.subtract(came)).max(BigDecimal.ZERO);
        boolean isWhole = again.compareTo(all) == 0;
        BigDecimal left = again;
        for (ChargeBook.Row line : again.signum() == 0 ? List.<ChargeBook.Row>of() : given) {
            BigDecimal part =
                    isWhole ? line.amount().negate() : line.amount().negate().min(left);
            if (isWhole || part.signum() > 0) {
                corrections.takeBack(line, part, refund.id());
                left = left.subtract(part);
            }
        }
    }

    private List<ChargeBook.Row> expected(RefundBook.Row refund, String currency) {
        return charges.ofShipment(refund.shipmentUid()).stream()
                .filter(line ->
                        line.side().equals("expected") && line.currency().equals(currency))
                .filter(line -> "orphan".equals(line.reason()) == refund.orphan())
                .toList();
    }
}
