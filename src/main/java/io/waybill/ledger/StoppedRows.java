package io.waybill.ledger;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The documents of a file whose batch is stopped: which of its orders can be called off, and what became of each. */
public final class StoppedRows {
    /** Of those that were taken in since the file was handed over last. */
    private static final String TAKEN_IN = """
             FROM inbound_document d JOIN inbound_file f ON f.id = d.file_id JOIN orders o ON o.id = d.order_uid
            WHERE d.file_id = :file AND d.result IN ('ACCEPTED', 'REPLACED') AND d.recorded_at >= f.received_at""";

    /** The last file that said what the order holds: another may have corrected it since, and a sheet of weights says none of it. */
    private static final String IS_ITS_OWN = """
             AND EXISTS (SELECT 1 FROM story t WHERE t.order_uid = d.order_uid
                AND t.detail LIKE '%"document":"' || f.file_sha256 || ':%'
                AND NOT EXISTS (SELECT 1 FROM story n WHERE n.order_uid = d.order_uid AND n.id > t.id
                    AND n.detail LIKE '%"document":"%'
                    AND n.detail NOT LIKE '%"document":"' || f.file_sha256 || ':%'))""";

    private static final String HAS =
            "EXISTS (SELECT 1 FROM shipment s WHERE s.order_uid = d.order_uid AND s.state %s)";

    /** Something of the order has a label, or a person must say whether it has. */
    private static final String SOLD = HAS.formatted("IN ('REVIEW', 'BOUGHT', 'LABELLED', 'VOIDING', 'VOIDED')");

    private static final String WAITS = HAS.formatted("IN ('HELD', 'CHOOSING', 'READY')");
    private static final String IS_BEING_BOUGHT = HAS.formatted("IN ('BUYING', 'UNKNOWN')");

    private static final String UNBOUGHT = " AND d.ordinal < :before AND " + WAITS + " AND NOT " + SOLD + " AND NOT "
            + IS_BEING_BOUGHT + IS_ITS_OWN + " ORDER BY d.file_id DESC, d.ordinal DESC LIMIT :limit";

    private static final String UNDER_WAY =
            " AND NOT " + SOLD + " AND (" + WAITS + " OR " + IS_BEING_BOUGHT + ")" + IS_ITS_OWN + " LIMIT 1";

    /** In the words of the least advanced of its shipments; what was bought and given back since had its label. */
    private static final String BECAME = """
            SELECT became AS word, COUNT(*) AS n FROM (
                SELECT CASE WHEN d.result IN ('REJECTED', 'CONFLICT') THEN 'failed'
                            WHEN d.result IN ('NOT_TAKEN', 'SKIPPED') THEN 'notTakenIn'
                            WHEN %s THEN 'waiting'
                            WHEN %s THEN 'failed'
                            WHEN %s THEN 'underWay'
                            WHEN %s THEN 'labelled'
                            WHEN %s THEN 'calledOff'
                            ELSE 'waiting' END AS became
                FROM inbound_document d WHERE d.file_id = :file) each_of_it
            GROUP BY became""".formatted(
                    WAITS,
                    HAS.formatted("= 'REFUSED'"),
                    HAS.formatted("IN ('BUYING', 'UNKNOWN', 'REVIEW', 'BOUGHT')"),
                    HAS.formatted("IN ('VOIDING', 'LABELLED', 'VOIDED')"),
                    HAS.formatted("= 'CANCELLED'"));

    /** What orders say of the documents that said what they hold, since the file was handed over last. */
    private static final String BROUGHT = """
            SELECT o.id AS order_uid, o.order_id, t.what, t.detail
              FROM inbound_file f JOIN orders o ON o.erased_at IS NULL AND o.updated_at >= f.received_at
              JOIN story t ON t.order_uid = o.id AND t.happened_at >= f.received_at
                AND t.detail LIKE '%"document":"' || f.file_sha256 || ':%'
             WHERE f.id = :file ORDER BY t.id""";

    private static final String CALLED_OFF = """
            UPDATE inbound_document SET result = 'CALLED_OFF', code = :code, problems = :problems
            WHERE file_id = :file AND ordinal = :ordinal""";

    private final Handle handle;

    StoppedRows(Handle handle) {
        this.handle = handle;
    }

    /** A document whose order waits to be bought. */
    public record Unbought(
            int ordinal, String orderUid, @Nullable String problems) {}

    /**
     * Those that were taken in as this file was handed over last, and of which nothing is bought or being bought; the last first.
     *
     * @param scope whose orders alone are called off
     * @param before an ordinal
     */
    public List<Unbought> unbought(String file, Namespaces scope, int before, int limit) {
        return scope.filter(handle.createQuery("SELECT d.ordinal, d.order_uid, d.problems" + TAKEN_IN + " AND "
                                + scope.condition("o.namespace") + UNBOUGHT)
                        .bind("file", file)
                        .bind("before", before)
                        .bind("limit", limit))
                .map(ConstructorMapper.of(Unbought.class))
                .list();
    }

    /** Whether one of them waits to be bought, or is being bought and may come to wait again. */
    public boolean isUnderWay(String file, Namespaces scope) {
        return scope.filter(handle.createQuery(
                                "SELECT d.order_uid" + TAKEN_IN + " AND " + scope.condition("o.namespace") + UNDER_WAY)
                        .bind("file", file))
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /**
     * An order that a document of the file said something of.
     *
     * @param what the word of its story
     * @param detail JSON that names the document
     */
    public record Brought(String orderUid, String orderId, String what, String detail) {}

    /** Every order that says a document of this file brought it, since it was handed over last, in the order of their stories. */
    public void brought(String file, Consumer<Brought> each) {
        handle.createQuery(BROUGHT)
                .bind("file", file)
                .map(ConstructorMapper.of(Brought.class))
                .forEach(each);
    }

    /** Its order is called off. */
    public void calledOff(String file, int ordinal, String code, @Nullable String problems) {
        handle.createUpdate(CALLED_OFF)
                .bind("file", file)
                .bind("ordinal", ordinal)
                .bind("code", code)
                .bind("problems", problems)
                .execute();
    }

    /** How many of its documents became what: each is counted once. */
    public Map<String, Integer> became(String file) {
        return Tally.of(handle.createQuery(BECAME).bind("file", file));
    }
}
