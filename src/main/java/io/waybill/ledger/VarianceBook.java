package io.waybill.ledger;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What audits found, with what people decided about it. */
public final class VarianceBook {
    private static final String COLUMNS = """
            SELECT f.id, f.invoice_uid, i.number AS invoice_number, i.namespace, i.account, i.currency, f.rule_name AS rule,
                f.shipment_uid AS shipment, f.tracking_number, f.line, f.amount, f.claim, f.evidence,
                COALESCE(v.decision, 'open') AS decision, v.reason, x.dispute_uid AS dispute
            FROM invoice_finding f JOIN invoice i ON i.id = f.invoice_uid
            LEFT JOIN variance_decision v ON v.finding_id = f.id LEFT JOIN dispute_line x ON x.finding_id = f.id""";

    private static final String UNDECIDED =
            "NOT EXISTS (SELECT 1 FROM variance_decision v WHERE v.finding_id = invoice_finding.id)";

    private final Handle handle;

    VarianceBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * What the audit found.
     *
     * @param amount its part of the variance
     * @param claim what can be asked back; 0 for what is legitimate
     * @param evidence name=value, separated by {@code ; }
     */
    public record Finding(
            String rule,
            @Nullable String shipment,
            @Nullable String trackingNumber,
            @Nullable Integer line,
            BigDecimal amount,
            BigDecimal claim,
            String evidence) {}

    /**
     * A finding as it stands. Its id is the same when the invoice is audited again.
     *
     * @param decision {@code open | accepted | disputed | written-off}
     * @param dispute what it is claimed in, or null
     */
    public record Variance(
            String id,
            String invoiceUid,
            String invoiceNumber,
            String namespace,
            String account,
            String currency,
            String rule,
            @Nullable String shipment,
            @Nullable String trackingNumber,
            @Nullable Integer line,
            BigDecimal amount,
            BigDecimal claim,
            String evidence,
            @Nullable String decision,
            @Nullable String reason,
            @Nullable String dispute) {
        /** The same, with another claim. */
        public Variance claiming(BigDecimal asked) {
            return new Variance(
                    id,
                    invoiceUid,
                    invoiceNumber,
                    namespace,
                    account,
                    currency,
                    rule,
                    shipment,
                    trackingNumber,
                    line,
                    amount,
                    asked,
                    evidence,
                    decision,
                    reason,
                    dispute);
        }
    }

    /** Findings of one rule, summed. */
    public record ByRule(String ruleName, int findings, BigDecimal amount, BigDecimal claim) {}

    /**
     * Which ones: every part may be null.
     *
     * @param decision {@code open | accepted | disputed | written-off}
     */
    public record Search(
            @Nullable String invoice,
            @Nullable String account,
            @Nullable String rule,
            @Nullable String decision,
            @Nullable String after,
            int limit) {}

    public Optional<Variance> find(String id, Namespaces scope) {
        return scope.filter(handle.createQuery(COLUMNS + " WHERE f.id = :id AND " + scope.condition("i.namespace"))
                        .bind("id", id))
                .map(ConstructorMapper.of(Variance.class))
                .findOne();
    }

    /** By their ids. */
    public List<Variance> list(Search search, Namespaces scope) {
        return new Where()
                .in(scope, "i.namespace")
                .and("f.invoice_uid = :invoice", "invoice", search.invoice())
                .and("i.account = :account", "account", search.account())
                .and("f.rule_name = :rule", "rule", search.rule())
                .and("COALESCE(v.decision, 'open') = :decision", "decision", search.decision())
                .and("f.id > :after", "after", search.after())
                .query(handle, COLUMNS, " ORDER BY f.id LIMIT :limit")
                .bind("limit", search.limit())
                .map(ConstructorMapper.of(Variance.class))
                .list();
    }

    /** What invoices were found to bill of a shipment by one rule. */
    public List<Variance> ofShipment(String shipment, String rule) {
        return handle.createQuery(COLUMNS + " WHERE f.shipment_uid = :shipment AND f.rule_name = :rule ORDER BY f.id")
                .bind("shipment", shipment)
                .bind("rule", rule)
                .map(ConstructorMapper.of(Variance.class))
                .list();
    }

    /** What was found in one invoice, rule by rule. */
    public List<Variance> of(String invoice, int limit) {
        return handle.createQuery(COLUMNS + " WHERE f.invoice_uid = :id ORDER BY f.rule_name, f.id LIMIT :limit")
                .bind("id", invoice)
                .bind("limit", limit)
                .map(ConstructorMapper.of(Variance.class))
                .list();
    }

    /** Whether an invoice may be audited: not where it was to its end and somebody has decided about what was found. */
    public boolean mayBeAudited(String invoice) {
        return handle.createQuery("""
                                SELECT COUNT(*) FROM variance_decision v JOIN invoice i ON i.id = v.invoice_uid
                                WHERE i.id = :id AND i.state <> 'PROVED'""").bind("id", invoice).mapTo(Long.class).one() == 0;
    }

    /** What is found of some shipments of an invoice, instead of what was; what people decided about stays as it was found. */
    public void found(String invoice, List<String> shipments, List<Finding> findings) {
        new InvoiceBook(handle).lock(invoice);
        handle.createUpdate("DELETE FROM invoice_finding WHERE invoice_uid = :id AND shipment_uid IN (<shipments>) AND "
                        + UNDECIDED)
                .bind("id", invoice)
                .bindList("shipments", shipments)
                .execute();
        keep(invoice, findings);
    }

    /** The same of the lines on no shipment, those after one up to another. */
    public void foundBeside(String invoice, int after, int to, List<Finding> findings) {
        new InvoiceBook(handle).lock(invoice);
        handle.createUpdate("DELETE FROM invoice_finding WHERE invoice_uid = :id AND shipment_uid IS NULL"
                        + " AND line > :after AND line <= :to AND " + UNDECIDED)
                .bind("id", invoice)
                .bind("after", after)
                .bind("to", to)
                .execute();
        keep(invoice, findings);
    }

    private void keep(String invoice, List<Finding> all) {
        if (all.isEmpty()) {
            return;
        }
        List<String> ids = all.stream().map(finding -> id(invoice, finding)).toList();
        Set<String> kept = handle.createQuery("SELECT id FROM invoice_finding WHERE id IN (<ids>)")
                .bindList("ids", ids)
                .mapTo(String.class)
                .set();
        List<Finding> findings = all.stream()
                .filter(finding -> !kept.contains(id(invoice, finding)))
                .toList();
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO invoice_finding (id, invoice_uid, rule_name, shipment_uid, tracking_number, line, amount, claim,
                    evidence)
                VALUES (:id, :invoice, :rule, :shipment, :trackingNumber, :line, :amount, :claim, :evidence)""");
        findings.forEach(finding -> batch.bindMethods(finding)
                .bind("id", id(invoice, finding))
                .bind("invoice", invoice)
                .add());
        batch.execute();
    }

    /** Keeps what a person claims of a finding. */
    public void claim(Variance finding) {
        handle.createUpdate("UPDATE invoice_finding SET claim = :claim WHERE id = :id")
                .bind("claim", finding.claim())
                .bind("id", finding.id())
                .execute();
    }

    public List<ByRule> byRule(String invoice) {
        return handle.createQuery("""
                        SELECT rule_name, COUNT(*) AS findings, SUM(amount) AS amount, SUM(claim) AS claim
                        FROM invoice_finding WHERE invoice_uid = :id GROUP BY rule_name ORDER BY rule_name""")
                .bind("id", invoice)
                .map(ConstructorMapper.of(ByRule.class))
                .list();
    }

    /** Named by what it is about: no line is claimed by one rule twice. */
    private static String id(String invoice, Finding finding) {
        String name = invoice + "|" + finding.rule() + "|" + finding.shipment() + "|" + finding.line();
        return "fnd_"
                + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }
}
