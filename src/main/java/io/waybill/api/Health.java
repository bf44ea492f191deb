package io.waybill.api;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** The probes live, started (the port opens when everything has started) and ready, answered by the event loop itself: they need no key and no worker, so a busy hub still answers them. */
final class Health {
    private Health() {}

    static void put(Router router, Shedding shedding) {
        router.get("/health/live").handler(context -> answer(context, 200, "{\"status\":\"live\"}"));
        router.get("/health/started").handler(context -> answer(context, 200, "{\"status\":\"started\"}"));
        router.get("/health/ready").handler(context -> {
            Optional<String> why =
                    shedding.notReady().map(away -> away.problem().code());
            answer(
                    context,
                    why.isEmpty() ? 200 : 503,
                    why.map(code -> "{\"status\":\"not-ready\",\"why\":\"" + code + "\"}")
                            .orElse("{\"status\":\"ready\"}"));
        });
        List.of("/health/live", "/health/started", "/health/ready").forEach(path -> Failures.only(router, path));
    }

    private static void answer(RoutingContext context, int status, String body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body);
    }
}
