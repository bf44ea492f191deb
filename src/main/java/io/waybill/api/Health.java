package io.waybill.api;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.BooleanSupplier;

/** The probes, answered by the event loop itself: they need no key and no worker, so a busy hub still answers them. */
final class Health {
    private Health() {}

    static void put(Router router, BooleanSupplier isReady) {
        router.get("/health/live").handler(context -> answer(context, true, "live"));
        router.get("/health/ready").handler(context -> {
            boolean ready = isReady.getAsBoolean();
            answer(context, ready, ready ? "ready" : "not-ready");
        });
    }

    private static void answer(RoutingContext context, boolean good, String word) {
        context.response()
                .setStatusCode(good ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end("{\"status\":\"" + word + "\"}");
    }
}
