package io.waybill.api;

import io.waybill.problem.Problem;
import java.util.List;
import java.util.Map;

/** The HTTP status of a problem: 422 unless it is listed here. The first problem decides. */
final class Statuses {
    private static final Map<String, Integer> BY_CODE = Map.ofEntries(
            Map.entry("request-unreadable", 400),
            Map.entry("unknown-parameter", 400),
            Map.entry("bad-parameter", 400),
            Map.entry("bad-idempotency-key", 400),
            Map.entry("scope-missing", 403),
            Map.entry("unknown-key-id", 404),
            Map.entry("not-found", 404),
            Map.entry("order-being-bought", 409),
            Map.entry("order-content-differs", 409),
            Map.entry("order-cancelled", 409),
            Map.entry("already-shipped-elsewhere", 409),
            Map.entry("bought-elsewhere", 409),
            Map.entry("outside-number-taken", 409),
            Map.entry("order-not-found", 404),
            Map.entry("shipment-not-found", 404),
            Map.entry("exception-not-found", 404),
            Map.entry("exception-closed", 409),
            Map.entry("nothing-to-retry", 409),
            Map.entry("no-such-parcel", 404),
            Map.entry("label-is-elsewhere", 404),
            Map.entry("label-not-ready", 404),
            Map.entry("delivery-not-replayed", 404),
            Map.entry("not-your-source", 403),
            Map.entry("not-your-namespace", 403),
            Map.entry("change-not-taken", 409),
            Map.entry("still-missing", 409),
            Map.entry("invoice-not-found", 404),
            Map.entry("invoice-not-matched", 409),
            Map.entry("invoice-not-approved", 409),
            Map.entry("invoice-own-approval", 403),
            Map.entry("no-shipment", 409),
            Map.entry("parcels-frozen", 409),
            Map.entry("label-is-sold", 409),
            Map.entry("nothing-to-void", 409),
            Map.entry("nothing-to-resolve", 409),
            Map.entry("not-looked-up-yet", 409),
            Map.entry("which-shipment", 409),
            Map.entry("number-taken", 409),
            Map.entry("label-unreadable", 409),
            Map.entry("void-refused", 409),
            Map.entry("void-not-offered", 409),
            Map.entry("file-in-work", 409),
            Map.entry("batch-not-found", 404),
            Map.entry("batch-no-labels", 404),
            Map.entry("batch-file-gone", 404),
            Map.entry("batch-not-checked", 409),
            Map.entry("batch-failed", 409),
            Map.entry("batch-has-bad-rows", 409),
            Map.entry("batch-nothing-good", 409),
            Map.entry("batch-above-max", 409),
            Map.entry("batch-price-unknown", 409),
            Map.entry("batch-other-currency", 409),
            Map.entry("no-order-to-erase", 404),
            Map.entry("order-still-open", 409),
            Map.entry("backup-failed", 500),
            Map.entry("backup-needs-pg-dump", 501),
            Map.entry("original-not-kept", 409),
            Map.entry("drop-it-again", 409),
            Map.entry("account-not-found", 404),
            Map.entry("mapping-not-found", 404),
            Map.entry("UNKNOWN_VERSION", 404),
            Map.entry("UNKNOWN_DOCUMENT", 404),
            Map.entry("spending-limit", 429),
            Map.entry("too-many-tries", 429),
            Map.entry("key-missing", 401),
            Map.entry("link-over", 404),
            Map.entry("carrier-hook-unknown", 404),
            Map.entry("carrier-hook-off", 401),
            Map.entry("carrier-hook-refused", 401),
            Map.entry("hook-not-signed", 401),
            Map.entry("hook-refused", 401),
            Map.entry("hook-too-old", 401));

    private Statuses() {}

    static int of(List<Problem> problems) {
        return problems.isEmpty() ? 422 : BY_CODE.getOrDefault(problems.get(0).code(), 422);
    }
}
