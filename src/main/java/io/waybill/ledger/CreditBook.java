package io.waybill.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What invoices give back of shipments. A corrected one gives back what all that it changed of a shipment comes to. */
public final class CreditBook {
    /** What is given back for being late by itself. */
    private static final String GIVEN_BACK =
            """
            SELECT g.shipment, CAST(NULL AS VARCHAR(100)) AS number, g.beside, g.late, -SUM(g.amount) AS amount FROM (
                SELECT l.shipment_uid AS shipment, l.amount, %1$s AS beside,
                    CASE WHEN l.reason = 'GSR' THEN TRUE ELSE FALSE END AS late
                FROM invoice_line l
                WHERE l.invoice_uid = :invoice AND l.shipment_uid IN (
                    SELECT x.shipment_uid FROM dispute_line x JOIN dispute d ON d.id = x.dispute_uid
                    WHERE d.account = :account AND d.currency = :currency AND d.state = 'open')) g
            GROUP BY g.shipment, g.beside, g.late
            UNION ALL
            SELECT CAST(NULL AS VARCHAR(40)), MIN(l.tracking_number), FALSE, FALSE, -SUM(l.amount) FROM invoice_line l
            WHERE l.invoice_uid = :invoice AND l.shipment_uid IS NULL AND %2$s IN (
                SELECT %3$s FROM dispute_line x JOIN dispute d ON d.id = x.dispute_uid
                WHERE x.shipment_uid IS NULL AND d.account = :account AND d.currency = :currency AND d.state = 'open')
            GROUP BY %2$s HAVING SUM(l.amount) < 0
            ORDER BY 1, 2, 3, 4 DESC""".formatted(BesideOwn.is("l"), PlainNumber.of("l.tracking_number"), PlainNumber.of("x.tracking_number"));

    /** Of a transport that is given back, less the discount that is taken back with it. */
    private static final String GIVEN_BACK_OF = """
            SELECT g.invoice, -g.amount AS amount FROM (
                SELECT i.id AS invoice,
                    SUM(CASE WHEN i.revision > 1 OR l.type NOT IN ('shipping', 'discount') THEN l.amount ELSE 0 END)
                        + LEAST(0, SUM(CASE WHEN i.revision = 1 AND l.type IN ('shipping', 'discount')
                            THEN l.amount ELSE 0 END)) AS amount
                FROM invoice_line l JOIN invoice i ON i.id = l.invoice_uid
                WHERE %s AND i.account = :account AND i.currency = :currency
                    AND i.revision IS NOT NULL AND i.state <> 'PROVED'
                    AND (i.revision > 1 OR (l.amount < 0 AND l.type <> 'discount') OR (l.amount > 0 AND l.type = 'discount'))
                    AND COALESCE(l.reason, '') <> :reason
                GROUP BY i.id) g
            WHERE g.amount < 0""";

    private static final String LAID = """
            SELECT d.invoice_uid AS invoice, SUM(x.credited) AS amount
            FROM dispute_line x JOIN dispute d ON d.id = x.dispute_uid
            WHERE %s AND d.account = :account AND d.currency = :currency AND x.rule_name <> :rule
            GROUP BY d.invoice_uid""";

    private static final String NONE = "-";

    private static final RecordMapper<Sum> SUM = RecordMapper.of(Sum.class);

    private final Handle handle;

    CreditBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * What an invoice gives back of a shipment's own labels or of those beside them, or of a number that is none's.
     *
     * @param late whether it is for being late
     */
    public record GivenBack(
            @Nullable String shipment, @Nullable String number, boolean beside, boolean late, BigDecimal amount) {
        public Claimant of() {
            return Claimant.of(shipment, number, beside).orElseThrow();
        }
    }

    /**
     * What the lines of an invoice give back of what is in an open dispute, each shipment's added up, and each number's that is
     * none's. What is taken back as one thing and said anew as another gives nothing back: together no more is than by the
     * labels in all, nor than by the shipment in all.
     */
    public List<GivenBack> givenBack(InvoiceRow invoice) {
        List<GivenBack> changed = handle.createQuery(GIVEN_BACK)
                .bind("invoice", invoice.id())
                .bind("account", invoice.account())
                .bind("currency", invoice.currency())
                .map(ConstructorMapper.of(GivenBack.class))
                .list();
        Map<Claimant, BigDecimal> ofLabels = new HashMap<>();
        Map<String, BigDecimal> inAll = new HashMap<>();
        changed.forEach(one -> {
            ofLabels.merge(one.of(), one.amount(), BigDecimal::add);
            inAll.merge(one.of().value(), one.amount(), BigDecimal::add);
        });
        List<GivenBack> givenBack = new ArrayList<>();
        for (GivenBack one : changed) {
            Claimant of = one.of();
            BigDecimal part = one.amount()
                    .min(ofLabels.getOrDefault(of, BigDecimal.ZERO))
                    .min(inAll.getOrDefault(of.value(), BigDecimal.ZERO));
            if (part.signum() > 0) {
                ofLabels.merge(of, part, BigDecimal::subtract);
                inAll.merge(of.value(), part, BigDecimal::subtract);
                givenBack.add(new GivenBack(one.shipment(), one.number(), one.beside(), one.late(), part));
            }
        }
        return givenBack;
    }

    /** Which lines of an invoice, from one to another, are of labels beside their shipments' own. */
    public Set<Integer> besideOwn(InvoiceRow invoice, int from, int to) {
        return handle.createQuery("""
                        SELECT l.line FROM invoice_line l
                        WHERE l.invoice_uid = :invoice AND l.line BETWEEN :from AND :to AND\s""" + BesideOwn.is("l"))
                .bind("invoice", invoice.id())
                .bind("from", from)
                .bind("to", to)
                .mapTo(Integer.class)
                .set();
    }

    record Sum(String invoice, BigDecimal amount) {
        static BigDecimal of(List<Sum> sums, Predicate<String> invoices) {
            return sums.stream()
                    .filter(sum -> invoices.test(sum.invoice()))
                    .map(Sum::amount)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /**
     * What invoices after this one gave back that is laid beside no dispute of the same; never below 0. A credit is laid
     * beside what an earlier invoice charged: from no invoice on can more be laid than was given back after it.
     *
     * @param late whether it is asked for because the parcel was late: what is given back for that is for nothing else
     */
    public BigDecimal notLaid(InvoiceRow invoice, Claimant of, boolean late) {
        BigDecimal all = notLaid(invoice, of, NONE, NONE);
        return late ? all : all.min(notLaid(invoice, of, "GSR", "late-delivery"));
    }

    /**
     * @param reason what is given back for it is left out
     * @param rule what is laid beside what it found is left out
     */
    private BigDecimal notLaid(InvoiceRow invoice, Claimant of, String reason, String rule) {
        List<Sum> given =
                sums(handle.createQuery(GIVEN_BACK_OF.formatted(of.billed("l"))).bind("reason", reason), invoice, of);
        List<Sum> laid =
                sums(handle.createQuery(LAID.formatted(of.disputed("x"))).bind("rule", rule), invoice, of);
        return Stream.concat(laid.stream().map(Sum::invoice), Stream.of(invoice.id()))
                .filter(from -> from.compareTo(invoice.id()) <= 0)
                .map(from -> Sum.of(given, id -> id.compareTo(from) > 0)
                        .subtract(Sum.of(laid, id -> id.compareTo(from) >= 0)))
                .reduce(BigDecimal::min)
                .orElse(BigDecimal.ZERO)
                .max(BigDecimal.ZERO);
    }

    private static List<Sum> sums(Query query, InvoiceRow invoice, Claimant of) {
        return query.bind("of", of.value())
                .bind("account", invoice.account())
                .bind("currency", invoice.currency())
                .map(SUM)
                .list();
    }
}
