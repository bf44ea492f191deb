package io.waybill.ledger;

import io.waybill.text.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Originals as their sources sent them, compressed, until their retention ends. */
public final class DocumentBook {
    private static final String KEEP = """
            INSERT INTO source_document (id, source, channel, file_id, ordinal, order_uid, mapping, media_type, sha256, gzip,
                received_at, erase_at)
            VALUES (:id, :source, :channel, :fileId, :ordinal, :orderUid, :mapping, :mediaType, :sha, :gzip,
                CURRENT_TIMESTAMP, %s)""".formatted(FromNow.by("keepFor"));

    private final Handle handle;

    DocumentBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * An original.
     *
     * @param orderUid the order it became, or null
     * @param keep how long until it is erased, or null for no end
     */
    public record Original(
            String source,
            String channel,
            @Nullable String fileId,
            @Nullable Integer ordinal,
            @Nullable String orderUid,
            @Nullable String mapping,
            @Nullable String mediaType,
            byte[] bytes,
            @Nullable Duration keep) {}

    /** @return the id of the stored original */
    public String keep(Original original) {
        return keep(List.of(original)).get(0);
    }

    /** @return the ids of the stored originals */
    public List<String> keep(List<Original> originals) {
        List<String> ids = originals.stream().map(original -> Ids.next("doc")).toList();
        Sql kept = Sql.of(handle, KEEP);
        for (int i = 0; i < ids.size(); i++) {
            Original original = originals.get(i);
            kept.bind("id", ids.get(i))
                    .bind("source", original.source())
                    .bind("channel", original.channel())
                    .bind("fileId", original.fileId())
                    .bind("ordinal", original.ordinal())
                    .bind("orderUid", original.orderUid())
                    .bind("mapping", original.mapping())
                    .bind("mediaType", original.mediaType())
                    .bind("sha", Sha256.of(original.bytes()))
                    .bind("gzip", packed(original.bytes()))
                    .bind("keepFor", seconds(original.keep()))
                    .add();
        }
        kept.write();
        return ids;
    }

    private static @Nullable Double seconds(@Nullable Duration keep) {
        return keep == null ? null : Double.valueOf(FromNow.seconds(keep));
    }

    /**
     * An original as it is kept.
     *
     * @param mapping the name it was to go through, or null for a canonical one
     */
    public record Kept(@Nullable String mapping, byte[] bytes) {}

    /** The bytes as they came; empty when unknown or erased. */
    public Optional<Kept> find(String id) {
        return handle.createQuery("SELECT mapping, gzip FROM source_document WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new Kept(row.getString("mapping"), unpacked(row.getBytes("gzip"))))
                .findOne();
    }

    /** What an order became of, the newest first; empty when none is kept any more. */
    public Optional<Kept> ofOrder(String orderUid) {
        return handle.createQuery("SELECT id FROM source_document WHERE order_uid = :order ORDER BY id DESC LIMIT 1")
                .bind("order", orderUid)
                .mapTo(String.class)
                .findOne()
                .flatMap(this::find);
    }

    /** Ids of the newest originals of a mapping, newest first. */
    public List<String> latest(String mapping, int limit) {
        return handle.createQuery(
                        "SELECT id FROM source_document WHERE mapping = :mapping ORDER BY id DESC LIMIT :limit")
                .bind("mapping", mapping)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /**
     * An original's id, and where it came from.
     *
     * @param recent it came within the last seven days
     * @param fileId null when it came alone
     * @param ordinal its place in its file, or null
     */
    public record Known(
            String id,
            boolean recent,
            @Nullable String fileId,
            @Nullable Integer ordinal) {}

    /** The newest originals of a source, newest first; one that became no order is for who sees all namespaces. */
    public List<Known> newest(String source, Namespaces scope, int limit) {
        return scope.filter(handle.createQuery("""
                        SELECT id, file_id, ordinal, CASE WHEN received_at >= CURRENT_TIMESTAMP - INTERVAL '7' DAY THEN 1 ELSE 0 END AS recent
                        FROM source_document d WHERE source = :source AND %s ORDER BY id DESC LIMIT :limit""".formatted(seen(scope)))
                        .bind("source", source)
                        .bind("limit", limit))
                .map((row, context) -> new Known(
                        row.getString("id"),
                        row.getInt("recent") == 1,
                        row.getString("file_id"),
                        row.getObject("ordinal", Integer.class)))
                .list();
    }

    /** The originals of the first file of a source that is still kept; where they come alone, the first {@code alone} of them. */
    public List<String> first(String source, Namespaces scope, int ofFile, int alone) {
        String seen = " FROM source_document d WHERE source = :source AND " + seen(scope);
        Optional<String> file = scope.filter(handle.createQuery("SELECT file_id" + seen + " ORDER BY id LIMIT 1")
                        .bind("source", source))
                .mapTo(String.class)
                .findFirst();
        return scope.filter(handle.createQuery("SELECT id" + seen + (file.isPresent() ? " AND file_id = :file" : "")
                                + " ORDER BY id LIMIT :limit")
                        .bind("source", source))
                .bindMap(file.<Map<String, ?>>map(id -> Map.of("file", id)).orElse(Map.of()))
                .bind("limit", file.isPresent() ? ofFile : alone)
                .mapTo(String.class)
                .list();
    }

    private static String seen(Namespaces scope) {
        return scope.all()
                ? "TRUE"
                : "EXISTS (SELECT 1 FROM orders o WHERE o.id = d.order_uid AND " + scope.condition("o.namespace") + ")";
    }

    /** Erases at most {@code limit} originals whose retention is over; answers how many. */
    public int erase(int limit) {
        return handle.createUpdate("""
                        DELETE FROM source_document WHERE id IN
                            (SELECT id FROM source_document WHERE %s ORDER BY erase_at LIMIT :limit)""".formatted(FromNow.passed("erase_at")))
                .bind("limit", limit)
                .execute();
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] unpacked(byte[] gzip) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
