package io.waybill.ledger;

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

    private static final RecordMapper<Said> SAID = RecordMapper.of(Said.class);

    private final Handle handle;

    RevisionBook(Handle handle) {
        this.handle = handle;
    }

    /** The source that said what is in force now; what the pack bench did is nobody's content. */
    public String contentSource(OrderRow order) {
        return handle.createQuery("""
                        SELECT source FROM order_revision WHERE order_uid = :id AND channel <> 'packing'
                        ORDER BY revision DESC LIMIT 1""")
                .bind("id", order.id())
                .mapTo(String.class)
                .findOne()
                .orElse(order.source());
    }

    /**
     * Whether a person corrected an order after this source had said just this: then the source says nothing new, and
     * what was corrected stands.
     *
     * @param sha the hash of what the source says now
     */
    public boolean isCorrectedSince(OrderRow order, String source, String sha) {
        List<Said> revisions =
                handle.createQuery("""
                        SELECT channel, source, content_sha256 FROM order_revision
                        WHERE order_uid = :id AND channel <> 'packing' ORDER BY revision DESC""").bind("id", order.id()).map(SAID).list();
        Optional<Said> before =
                revisions.stream().filter(said -> !said.isEdit()).findFirst();
        return revisions.stream().findFirst().filter(Said::isEdit).isPresent()
                && before.filter(said -> said.source().equals(source)
                                && said.contentSha256().equals(sha))
                        .isPresent();
    }

    /** Who said a revision. */
    public record Said(String channel, String source, String contentSha256) {
        boolean isEdit() {
            return channel.equals("edit");
        }
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
