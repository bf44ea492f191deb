package io.waybill.ledger;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What a look at a batch said of each of its documents, and what it would cost. */
public final class LookBook {
    private static final String ROWS = """
            SELECT ordinal, first_row, last_row, namespace, order_id, order_uid, content_sha256, result, code, problems,
                   held, account, carrier, service, amount, currency
            FROM batch_row""";

    private final Handle handle;

    LookBook(Handle handle) {
        this.handle = handle;
    }

    /** One document as a look at it found it. */
    public record Row(
            int ordinal,
            long firstRow,
            long lastRow,
            @Nullable String namespace,
            @Nullable String orderId,
            @Nullable String orderUid,
            @Nullable String contentSha256,
            String result,
            @Nullable String code,
            @Nullable String problems,
            boolean held,
            @Nullable String account,
            @Nullable String carrier,
            @Nullable String service,
            @Nullable BigDecimal amount,
            @Nullable String currency) {}

    /** How many documents a look found alike, and what they would cost together. */
    public record Sum(
            String result,
            boolean held,
            @Nullable String currency,
            int documents,
            @Nullable BigDecimal amount) {}

    /** Keeps what was found, and how far the look has come. */
    public void looked(String id, List<Row> rows, int nextDocument) {
        if (!rows.isEmpty()) {
            PreparedBatch all = handle.prepareBatch("""
                    INSERT INTO batch_row (batch_id, ordinal, first_row, last_row, namespace, order_id, order_uid,
                        content_sha256, result, code, problems, held, account, carrier, service, amount, currency)
                    VALUES (:id, :ordinal, :firstRow, :lastRow, :namespace, :orderId, :orderUid,
                        :contentSha256, :result, :code, :problems, :held, :account, :carrier, :service, :amount,
                        :currency)""");
            rows.forEach(row -> all.bindMethods(row).bind("id", id).add());
            all.execute();
        }
        handle.createUpdate("UPDATE batch SET next_document = :next WHERE id = :id")
                .bind("id", id)
                .bind("next", nextDocument)
                .execute();
    }

    /** What the look found, after an ordinal, in order. */
    public List<Row> rows(String id, int after, int limit) {
        return handle.createQuery(
                        ROWS + " WHERE batch_id = :id AND ordinal > :after ORDER BY batch_id, ordinal LIMIT :limit")
                .bind("id", id)
                .bind("after", after)
                .bind("limit", limit)
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /** The documents of a batch that would become these orders. */
    public List<Row> becoming(String id, Collection<String> orderIds) {
        return orderIds.isEmpty()
                ? List.of()
                : handle.createQuery(ROWS + """
                                 WHERE batch_id = :id AND order_id IN (<orders>) AND result IN ('ACCEPTED', 'REPLACED')
                                ORDER BY ordinal""")
                        .bind("id", id)
                        .bindList("orders", orderIds)
                        .map(ConstructorMapper.of(Row.class))
                        .list();
    }

    public List<Sum> sums(String id) {
        return handle.createQuery("""
                        SELECT result, held, currency, COUNT(*) AS documents, SUM(amount) AS amount
                        FROM batch_row WHERE batch_id = :id GROUP BY result, held, currency""")
                .bind("id", id)
                .map(ConstructorMapper.of(Sum.class))
                .list();
    }
}
