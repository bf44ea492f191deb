package io.waybill.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as it stands.
 *
 * @param content canonical JSON as its source gave it, before defaults
 * @param effective canonical JSON with defaults, what is bought
 */
public record OrderRow(
        String id,
        String namespace,
        String orderId,
        int revision,
        String contentSha256,
        String content,
        String effective,
        String releaseRule,
        String channel,
        String source,
        @Nullable String mapping,
        @Nullable Integer mappingVersion,
        Instant receivedAt,
        @Nullable Instant cancelledAt) {}
