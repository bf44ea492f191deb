package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What is claimed back of carriers: one open dispute for an invoice at a time. */
public final class DisputeBook {
    private static final String COLUMNS = """
            SELECT d.id, d.namespace, d.account, d.carrier, d.invoice_uid, i.number AS invoice_number, d.state,
                d.currency, d.claimed, d.credited, d.rejected, d.deadline, d.words, d.opened_by, d.opened_at, d.closed_at
            FROM dispute d JOIN invoice i ON i.id = d.invoice_uid""";

    private static final String WAITING = """
            SELECT x.dispute_uid AS dispute, x.finding_id AS finding, x.claimed - x.credited AS waiting
            FROM dispute_line x JOIN dispute d ON d.id = x.dispute_uid
            WHERE %s AND d.account = :account AND d.currency = :currency AND d.state = 'open'
                AND x.claimed > x.credited AND (CAST(:rule AS VARCHAR(60)) IS NULL OR x.rule_name = :rule)
            ORDER BY d.opened_at, x.finding_id""";

    private static final String SUM_UP = """
            UPDATE dispute SET credited = (SELECT SUM(x.credited) FROM dispute_line x WHERE x.dispute_uid = dispute.id)
            WHERE id = :id""";

    private static final String CLOSE_CREDITED = """
            UPDATE dispute SET state = 'credited', closed_at = CURRENT_TIMESTAMP
            WHERE id = :id AND state = 'open' AND credited >= claimed""";

    private static final String REJECT = """
            UPDATE dispute SET state = CASE WHEN credited > 0 THEN 'part-credited' ELSE 'rejected' END,
                rejected = claimed - credited, words = :words, closed_at = CURRENT_TIMESTAMP
            WHERE id = :id AND state = 'open'""";

    private static final String UNTOLD = """
            WHERE d.state = 'open' AND d.deadline <= :until AND NOT EXISTS (
                SELECT 1 FROM exception e WHERE e.reason = :reason AND e.subject_id = d.id)
            ORDER BY d.deadline, d.id LIMIT :limit""";

    private final Handle handle;

    DisputeBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A claim on a carrier.
     *
     * @param state {@code open | credited | part-credited | rejected}
     * @param rejected what the carrier will not give
     * @param deadline until when it can be claimed, as far as the contract says
     */
    public record Row(
            String id,
            String namespace,
            String account,
            String carrier,
            String invoiceUid,
            String invoiceNumber,
            String state,
            String currency,
            BigDecimal claimed,
            BigDecimal credited,
            BigDecimal rejected,
            @Nullable LocalDate deadline,
            @Nullable String words,
            String openedBy,
            Instant openedAt,
            @Nullable Instant closedAt) {}

    /** What a shipment's dispute still waits for. */
    public record Waiting(String dispute, String finding, BigDecimal waiting) {}

    /**
     * Adds a finding to the open dispute of its invoice, or opens one.
     *
     * @return the dispute's id
     */
    public String add(InvoiceRow invoice, VarianceBook.Variance finding, @Nullable LocalDate deadline, String by) {
        Optional<String> open = handle.createQuery(
                        "SELECT id FROM dispute WHERE invoice_uid = :invoice AND state = 'open' FOR UPDATE")
                .bind("invoice", invoice.id())
                .mapTo(String.class)
                .findFirst();
        String id = open.orElseGet(() -> open(invoice, by));
        handle.createUpdate("""
                        INSERT INTO dispute_line (dispute_uid, finding_id, invoice_line, shipment_uid, tracking_number,
                            rule_name, evidence, claimed, credited)
                        VALUES (:dispute, :finding, :line, :shipment, :trackingNumber, :rule, :evidence, :claim, 0)""")
                .bindMethods(finding)
                .bind("dispute", id)
                .bind("finding", finding.id())
                .execute();
        handle.createUpdate("""
                        UPDATE dispute SET claimed = claimed + :claim,
                            deadline = CASE WHEN deadline IS NULL OR deadline > CAST(:deadline AS DATE)
                                THEN COALESCE(CAST(:deadline AS DATE), deadline) ELSE deadline END
                        WHERE id = :id""")
                .bind("claim", finding.claim())
                .bind("deadline", deadline)
                .bind("id", id)
                .execute();
        return id;
    }

    private String open(InvoiceRow invoice, String by) {
        String id = Ids.next("dsp");
        handle.createUpdate("""
                        INSERT INTO dispute (id, namespace, account, carrier, invoice_uid, state, currency, claimed, credited,
                            rejected, opened_by, opened_at)
                        VALUES (:id, :namespace, :account, :carrier, :invoice, 'open', :currency, 0, 0, 0, :by,
                            CURRENT_TIMESTAMP)""")
                .bindMethods(invoice)
                .bind("id", id)
                .bind("invoice", invoice.id())
                .bind("by", by)
                .execute();
        return id;
    }

    /** What a finding is disputed of; empty for the account's fees. */
    public Optional<Claimant> claimant(String finding) {
        return handle.createQuery("SELECT x.shipment_uid, x.tracking_number, " + BesideOwn.isDisputed("x")
                        + " FROM dispute_line x WHERE x.finding_id = :finding")
                .bind("finding", finding)
                .map((found, context) -> Claimant.of(found.getString(1), found.getString(2), found.getBoolean(3)))
                .one();
    }

    /**
     * What is still waited for of a shipment or a number, oldest first.
     *
     * @param rule only what was found by it; null for all
     */
    public List<Waiting> waiting(String account, Claimant of, String currency, @Nullable String rule) {
        return handle.createQuery(WAITING.formatted(of.disputed("x")))
                .bind("account", account)
                .bind("of", of.value())
                .bind("rule", rule)
                .bind("currency", currency)
                .map(ConstructorMapper.of(Waiting.class))
                .list();
    }

    /** The numbers on bills, no shipment's, of which something is still waited for: without blanks and hyphens, in capitals. */
    public Set<String> waitingNumbers(String account, String currency) {
        return handle.createQuery("""
                        SELECT DISTINCT %s FROM dispute d JOIN dispute_line x ON x.dispute_uid = d.id
                        WHERE d.account = :account AND d.state = 'open' AND d.currency = :currency
                            AND x.shipment_uid IS NULL AND x.tracking_number IS NOT NULL AND x.claimed > x.credited""".formatted(PlainNumber.of("x.tracking_number")))
                .bind("account", account)
                .bind("currency", currency)
                .mapTo(String.class)
                .set();
    }

    /**
     * A credit came for a line; a dispute of which all came is closed.
     *
     * @return whether it is
     */
    public boolean credit(Waiting waiting, BigDecimal amount) {
        handle.createUpdate("UPDATE dispute_line SET credited = credited + :amount WHERE finding_id = :finding")
                .bind("amount", amount)
                .bind("finding", waiting.finding())
                .execute();
        handle.createUpdate(SUM_UP).bind("id", waiting.dispute()).execute();
        return handle.createUpdate(CLOSE_CREDITED).bind("id", waiting.dispute()).execute() == 1;
    }

    /** Open ones that can be claimed until this day or an earlier one, of which nobody was told yet. */
    public List<Row> untold(LocalDate until, int limit) {
        return handle.createQuery(COLUMNS + " " + UNTOLD)
                .bind("until", until)
                .bind("reason", Reason.DISPUTE_DEADLINE.code())
                .bind("limit", limit)
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /** The carrier will not give the rest. */
    public boolean reject(String id, @Nullable String words) {
        return handle.createUpdate(REJECT).bind("id", id).bind("words", words).execute() == 1;
    }

    public Optional<Row> find(String id, Namespaces scope) {
        return scope.filter(handle.createQuery(COLUMNS + " WHERE d.id = :id AND " + scope.condition("d.namespace"))
                        .bind("id", id))
                .map(ConstructorMapper.of(Row.class))
                .findOne();
    }

    /** Newest first. */
    public List<Row> list(
            Namespaces scope, @Nullable String account, @Nullable String state, @Nullable String before, int limit) {
        return new Where()
                .in(scope, "d.namespace")
                .and("d.account = :account", "account", account)
                .and("d.state = :state", "state", state)
                .and("d.id < :before", "before", before)
                .query(handle, COLUMNS, " ORDER BY d.id DESC LIMIT :limit")
                .bind("limit", limit)
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /**
     * The lines of one dispute, or of all open ones of an account: each asks back what it bills, and no more.
     *
     * @param after the finding behind which to begin; null for the first
     * @param findings so many of them at most; one may have several lines
     */
    public List<DisputeLine> lines(
            Namespaces scope,
            @Nullable String dispute,
            @Nullable String account,
            @Nullable String after,
            int findings) {
        return new DisputeLines(handle).of(scope, dispute, account, after, findings);
    }

    /** What is withheld of an invoice while its dispute is open. */
    public BigDecimal open(String invoice) {
        return handle.createQuery("""
                        SELECT COALESCE(SUM(d.claimed - d.credited), 0) FROM dispute d
                        WHERE d.invoice_uid = :invoice AND d.state = 'open'""")
                .bind("invoice", invoice)
                .mapTo(BigDecimal.class)
                .one();
    }
}
