package io.waybill.api;

import io.waybill.carrier.Webhooks;
import io.waybill.tracking.Tracking;
import java.util.Optional;

/** {@code POST /hooks/carriers/{account}}: what carriers push. Proven by the carrier's own scheme and stored before it is answered. */
record CarrierHooks(Tracking tracking) {
    Resource resource() {
        return new Resource("post", "/hooks/carriers/{account}", Optional.empty(), this::take);
    }

    private Answer take(Request request) {
        tracking.take(request.parameter("account"), new Webhooks.Delivery(request.headers(), request.body()));
        return Answer.empty(200);
    }
}
