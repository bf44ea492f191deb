package io.waybill.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Originals as their sources sent them, compressed, until their retention ends; and what was rejected among them. */
public final class DocumentBook {
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

    /** A document that became no order. @param problems JSON */
    public record Rejection(
            String source,
            @Nullable String namespace,
            String channel,
            @Nullable String orderId,
            @Nullable String fileId,
            @Nullable Integer ordinal,
            @Nullable Long firstRow,
            @Nullable String documentId,
            String problems) {}

    /** A rejection nobody has answered yet. */
    public record OpenRejection(
            String id,
            String source,
            @Nullable String namespace,
            String channel,
            @Nullable String orderId,
            @Nullable String fileId,
            @Nullable Integer ordinal,
            @Nullable Long firstRow,
            @Nullable String documentId,
            String problems) {}

    /** @return the id of the stored original */
    public String keep(Original original) {
        String id = Ids.next("doc");
        Duration keep = original.keep();
        handle.createUpdate("""
                        INSERT INTO source_document (id, source, channel, file_id, ordinal, order_uid, mapping,
                            media_type, sha256, gzip,
                            received_at, erase_at)
                        VALUES (:id, :source, :channel, :fileId, :ordinal, :orderUid, :mapping, :mediaType,
                            :sha, :gzip,
                            CURRENT_TIMESTAMP, %s)""".formatted(keep == null ? "NULL" : FromNow.by("keepFor")))
                .bind("id", id)
                .bind("source", original.source())
                .bind("channel", original.channel())
                .bind("fileId", original.fileId())
                .bind("ordinal", original.ordinal())
                .bind("orderUid", original.orderUid())
                .bind("mapping", original.mapping())
                .bind("mediaType", original.mediaType())
                .bind("sha", sha256(original.bytes()))
                .bind("gzip", packed(original.bytes()))
                .bind("keepFor", keep == null ? null : FromNow.seconds(keep))
                .execute();
        return id;
    }

    /** The bytes as they came, or empty when unknown or erased. */
    public Optional<byte[]> read(String id) {
        return handle.createQuery("SELECT gzip FROM source_document WHERE id = :id")
                .bind("id", id)
                .mapTo(byte[].class)
                .findOne()
                .map(DocumentBook::unpacked);
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

    /** Erases at most {@code limit} originals whose retention is over; answers how many. */
    public int erase(int limit) {
        return handle.createUpdate("""
                        DELETE FROM source_document WHERE id IN
                            (SELECT id FROM source_document WHERE erase_at <= CURRENT_TIMESTAMP
                                ORDER BY erase_at LIMIT :limit)""").bind("limit", limit).execute();
    }

    /** Records a rejection once per place in a file; a document rejected again answers with the id it already has. */
    public String reject(Rejection rejection) {
        Optional<String> known = openIn(rejection.fileId(), rejection.ordinal());
        if (known.isPresent()) {
            handle.createUpdate("""
                            UPDATE rejection SET problems = :problems, order_id = :orderId,
                                rejected_at = CURRENT_TIMESTAMP
                            WHERE id = :id""")
                    .bind("problems", rejection.problems())
                    .bind("orderId", rejection.orderId())
                    .bind("id", known.get())
                    .execute();
            return known.get();
        }
        String id = Ids.next("rej");
        handle.createUpdate("""
                        INSERT INTO rejection (id, source, namespace, channel, order_id, file_id, ordinal,
                            first_row, document_id, problems,
                            rejected_at)
                        VALUES (:id, :source, :namespace, :channel, :orderId, :fileId, :ordinal, :firstRow,
                            :documentId, :problems,
                            CURRENT_TIMESTAMP)""").bindMethods(rejection).bind("id", id).execute();
        return id;
    }

    /** Closes what was rejected at this place of a file, or under this order number: it has become an order since. */
    public int close(
            String source,
            @Nullable String fileId,
            @Nullable Integer ordinal,
            @Nullable String orderId,
            String replacedBy) {
        return handle.createUpdate("""
                        UPDATE rejection SET closed_at = CURRENT_TIMESTAMP, replaced_by = :replacedBy
                        WHERE source = :source AND closed_at IS NULL
                          AND ((file_id = :fileId AND ordinal = :ordinal) OR order_id = :orderId)""")
                .bind("source", source)
                .bind("fileId", fileId)
                .bind("ordinal", ordinal)
                .bind("orderId", orderId)
                .bind("replacedBy", replacedBy)
                .execute();
    }

    /** Newest first. */
    public List<OpenRejection> open(String source, int limit) {
        return handle.createQuery("""
                        SELECT id, source, namespace, channel, order_id, file_id, ordinal, first_row,
                            document_id, problems
                        FROM rejection WHERE source = :source AND closed_at IS NULL ORDER BY id DESC LIMIT :limit""")
                .bind("source", source)
                .bind("limit", limit)
                .map(ConstructorMapper.of(OpenRejection.class))
                .list();
    }

    private Optional<String> openIn(@Nullable String fileId, @Nullable Integer ordinal) {
        if (fileId == null || ordinal == null) {
            return Optional.empty();
        }
        return handle.createQuery(
                        "SELECT id FROM rejection WHERE file_id = :fileId AND ordinal = :ordinal AND closed_at IS NULL")
                .bind("fileId", fileId)
                .bind("ordinal", ordinal)
                .mapTo(String.class)
                .findFirst();
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

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
