package io.waybill.ledger;

import io.waybill.ledger.InvoiceBook.Variance;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What audits found, with what people decided about it. */
public final class VarianceBook {
    private static final String COLUMNS = """
            SELECT f.id, f.invoice_uid, i.number AS invoice_number, i.namespace, i.account, i.currency, f.rule_name AS rule,
                f.shipment_uid AS shipment, f.tracking_number, f.line, f.amount, f.claim, f.evidence,
                COALESCE(v.decision, 'open') AS decision, v.reason, x.dispute_uid AS dispute
            FROM invoice_finding f JOIN invoice i ON i.id = f.invoice_uid
            LEFT JOIN variance_decision v ON v.finding_id = f.id LEFT JOIN dispute_line x ON x.finding_id = f.id""";

    private final Handle handle;

    VarianceBook(Handle handle) {
        this.handle = handle;
    }

    /** Which ones: every part may be null. @param decision {@code open | accepted | disputed | written-off} */
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
        return scope.filter(handle.createQuery(COLUMNS + " WHERE " + scope.condition("i.namespace")
                        + (search.invoice() == null ? "" : " AND f.invoice_uid = :invoice")
                        + (search.account() == null ? "" : " AND i.account = :account")
                        + (search.rule() == null ? "" : " AND f.rule_name = :rule")
                        + (search.decision() == null ? "" : " AND COALESCE(v.decision, 'open') = :decision")
                        + (search.after() == null ? "" : " AND f.id > :after") + " ORDER BY f.id LIMIT :limit"))
                .bindMethods(search)
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
}
