package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was said of orders, and by whom: every content an order ever had. Appended to by the {@link OrderBook}. */
public final class RevisionBook {
    private static final String KEEP = """
            INSERT INTO order_revision (order_uid, revision, content_sha256, content, channel, source, mapping,
                mapping_version, recorded_at, recorded_by)
            VALUES (:id, :revision, :sha, :content, :channel, :source, :mapping, :mappingVersion, CURRENT_TIMESTAMP,
                :actor)""";

    /** Of an order that its system takes back: it waits, and says nothing else than before. */
    public static final String HOLD = "hold";

    /** And of one that comes again as it was. */
    public static final String LET_GO = "let go";

    /** What the pack bench did and what only waits is nobody's content. */
    private static final String CONTENT = " AND channel NOT IN ('packing', 'hold', 'let go') ";

    private final Handle handle;

    RevisionBook(Handle handle) {
        this.handle = handle;
    }

    /** The source that said what is in force now. */
    public String contentSource(OrderRow order) {
        return newest("source", order).orElse(order.source());
    }

    /** What this source said last of an order that a person has corrected since; empty where another said the last. */
    public Optional<String> beforeCorrection(OrderRow order, String source) {
        return handle.createQuery("""
                        SELECT said.content FROM order_revision said
                        WHERE said.order_uid = :id AND said.source = :source
                            AND said.revision = (SELECT MAX(revision) FROM order_revision
                                WHERE order_uid = :id AND channel <> 'edit'""" + CONTENT + """
                        ) AND EXISTS (SELECT 1 FROM order_revision edit
                                WHERE edit.order_uid = :id AND edit.channel = 'edit' AND edit.revision > said.revision)""")
                .bind("id", order.id())
                .bind("source", source)
                .mapTo(String.class)
                .findOne();
    }

    /** What an order said before its system took it back; empty when it did not, or has said something since. */
    public Optional<String> beforeHold(OrderRow order) {
        return handle.createQuery("""
                        SELECT content FROM order_revision WHERE order_uid = :id AND channel <> 'packing'
                            AND revision < (SELECT MAX(revision) FROM order_revision
                                WHERE order_uid = :id AND channel = 'hold')
                            AND NOT EXISTS (SELECT 1 FROM order_revision later
                                WHERE later.order_uid = :id AND later.channel NOT IN ('packing', 'edit', 'hold')
                                AND later.revision > (SELECT MAX(revision) FROM order_revision
                                    WHERE order_uid = :id AND channel = 'hold'))
                        ORDER BY revision DESC LIMIT 1""")
                .bind("id", order.id())
                .mapTo(String.class)
                .findOne();
    }

    /** What an order says by now, also where that was written after this transaction began. */
    public String said(OrderRow order) {
        return newest("content", order).orElse(order.content());
    }

    private Optional<String> newest(String column, OrderRow order) {
        return handle.createQuery("SELECT " + column + " FROM order_revision WHERE order_uid = :id" + CONTENT
                        + "ORDER BY revision DESC LIMIT 1")
                .bind("id", order.id())
                .mapTo(String.class)
                .findOne();
    }

    /** What an order said at a moment; of one that was not known then, what it said first. */
    public String saidAt(OrderRow order, Instant when) {
        return handle.createQuery("SELECT content FROM order_revision WHERE order_uid = :id" + CONTENT
                        + "ORDER BY CASE WHEN recorded_at <= :when THEN -revision ELSE revision END LIMIT 1")
                .bind("id", order.id())
                .bind("when", when)
                .mapTo(String.class)
                .findOne()
                .orElse(order.content());
    }

    /** @param number which revision of its order each of them is */
    void keep(List<String> orders, int number, List<OrderBook.Revision> revisions) {
        Sql kept = Sql.of(handle, KEEP);
        for (int i = 0; i < orders.size(); i++) {
            OrderBook.Revision revision = revisions.get(i);
            kept.bind("id", orders.get(i))
                    .bind("revision", number)
                    .bind("sha", revision.contentSha256())
                    .bind("content", revision.content())
                    .bind("channel", revision.channel())
                    .bind("source", revision.source())
                    .bind("mapping", revision.mapping())
                    .bind("mappingVersion", revision.mappingVersion())
                    .bind("actor", revision.actor())
                    .add();
        }
        kept.write();
    }

    /** What the pack bench made of an order, under the hash of what its source said. */
    void keepPacked(OrderRow before, String effective, @Nullable String actor) {
        Sql.of(handle, KEEP)
                .bind("id", before.id())
                .bind("revision", before.revision() + 1)
                .bind("sha", before.contentSha256())
                .bind("content", effective)
                .bind("channel", "packing")
                .bind("source", before.source())
                .bind("mapping", (String) null)
                .bind("mappingVersion", (Integer) null)
                .bind("actor", actor)
                .execute();
    }
}
