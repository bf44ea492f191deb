package io.waybill.ledger;

import java.time.Instant;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What became of every document of a file. */
public final class OutcomeBook {
    private static final String DOCUMENTS = """
            SELECT d.ordinal, d.first_row, d.last_row, d.order_id, d.order_uid, d.result, d.code, d.problems,
                   d.recorded_at, r.id AS rejection
            FROM inbound_document d
            LEFT JOIN rejection r ON r.file_id = d.file_id AND r.ordinal = d.ordinal AND r.closed_at IS NULL
            WHERE d.file_id = :id AND d.ordinal > :after""";

    private static final String KNOWN =
            "SELECT ordinal FROM inbound_document WHERE file_id = :id AND ordinal BETWEEN :first AND :last";

    private static final String FORGET = "DELETE FROM inbound_document WHERE file_id = :id AND ordinal = :ordinal";

    private static final String RECORD = """
            INSERT INTO inbound_document (file_id, ordinal, first_row, last_row, order_id, order_uid,
                result, code, problems, recorded_at)
            VALUES (:id, :ordinal, :firstRow, :lastRow, :orderId, :orderUid, :result, :code, :problems,
                CURRENT_TIMESTAMP)""";

    private final Handle handle;

    OutcomeBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * What became of one document.
     *
     * @param problems JSON, or null
     * @param recordedAt set by the database; ignored on writing
     * @param rejection the id of what is open for it, read only
     */
    public record Outcome(
            int ordinal,
            long firstRow,
            long lastRow,
            @Nullable String orderId,
            @Nullable String orderUid,
            String result,
            @Nullable String code,
            @Nullable String problems,
            @Nullable Instant recordedAt,
            @Nullable String rejection) {}

    /** Those of a file after an ordinal, in order, at most {@code limit}. The order names the whole key, or H2 sorts the rest of the file for each page. */
    public List<Outcome> of(String id, int after, int limit) {
        return handle.createQuery(DOCUMENTS + " ORDER BY d.file_id, d.ordinal LIMIT :limit")
                .bind("id", id)
                .bind("after", after)
                .bind("limit", limit)
                .map(ConstructorMapper.of(Outcome.class))
                .list();
    }

    /**
     * Records what became of documents after the end of their file; who held it then is not waited for. While it is read
     * {@link FileBook#progress} does.
     */
    public void record(String id, List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        Set<String> known = known(id, outcomes);
        Sql old = Sql.of(handle, FORGET);
        Sql fresh = Sql.of(handle, RECORD);
        for (Outcome outcome : outcomes) {
            if (known.contains(Integer.toString(outcome.ordinal()))) {
                old.bind("id", id).bind("ordinal", outcome.ordinal()).add();
            }
            fresh.bind("id", id)
                    .bind("ordinal", outcome.ordinal())
                    .bind("firstRow", outcome.firstRow())
                    .bind("lastRow", outcome.lastRow())
                    .bind("orderId", outcome.orderId())
                    .bind("orderUid", outcome.orderUid())
                    .bind("result", outcome.result())
                    .bind("code", outcome.code())
                    .bind("problems", outcome.problems())
                    .add();
        }
        old.executeBatch();
        fresh.write();
    }

    /** What was recorded of them before, when the file was read until a kill or is dropped again. */
    private Set<String> known(String id, List<Outcome> outcomes) {
        IntSummaryStatistics ordinals =
                outcomes.stream().mapToInt(Outcome::ordinal).summaryStatistics();
        return new HashSet<>(Sql.of(handle, KNOWN)
                .bind("id", id)
                .bind("first", ordinals.getMin())
                .bind("last", ordinals.getMax())
                .strings());
    }
}
