package io.waybill.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was last handed over.
 *
 * @param size in bytes
 * @param state {@code TAKING}, then {@code ARCHIVED} or {@code FAILED}
 * @param nextDocument every document before it is durable
 * @param drops how often the same bytes were handed over by this source
 * @param receivedAt of the latest drop
 */
public record FileRow(
        String id,
        String source,
        String purpose,
        String fileSha256,
        String name,
        @Nullable String archiveName,
        long size,
        String state,
        @Nullable String mapping,
        @Nullable Integer documentsTotal,
        int ok,
        int bad,
        int nextDocument,
        int drops,
        @Nullable String problems,
        Instant receivedAt,
        @Nullable Instant finishedAt) {}
