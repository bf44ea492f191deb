package io.waybill.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One purchase request, stored before it was sent.
 *
 * @param carrier it was made with, which the settings may not name for its account any more; null where that is not known
 * @param state {@code SENDING | UNKNOWN | BOUGHT | REFUSED | NOT_SENT | ORPHAN | NOT_FOUND | GIVEN_UP}
 * @param requestBytes the body, re-sent verbatim; holds no auth header
 */
public record AttemptRow(
        String ref,
        String shipmentUid,
        int attempt,
        String purchaseKey,
        String orderNumber,
        String account,
        @Nullable String carrier,
        long fence,
        String state,
        byte[] requestBytes,
        @Nullable String words,
        Instant createdAt) {}
