package io.waybill.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.waybill.access.AccessCode;
import io.waybill.access.Tries;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/** Counts the keys that were refused, wherever they were sent, and sends away who guesses. */
final class Guesses {
    private final Tries tries = new Tries();
    private final boolean behindProxy;

    Guesses(boolean behindProxy) {
        this.behindProxy = behindProxy;
    }

    /** True when that was one refused key too many, and is answered. */
    boolean isSentAway(RoutingContext context, String refused) {
        String address = address(context.request());
        Optional<Duration> away = tries.refused(address, refused);
        away.ifPresent(pause -> {
            long seconds = Math.max(1, pause.toSeconds());
            context.response().putHeader("Retry-After", String.valueOf(seconds));
            BodyReader.discard(context);
            ProblemJson.send(
                    context, 429, Problem.of(AccessCode.TOO_MANY_TRIES, "address", address, "seconds", seconds));
        });
        return away.isPresent();
    }

    /** Behind a proxy, what the proxy saw; a caller can only add what stands before it, in its line or in lines of their own. */
    String address(HttpServerRequest request) {
        String forwarded = behindProxy ? String.join(",", request.headers().getAll("X-Forwarded-For")) : "";
        String seen = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return seen.isEmpty()
                ? String.valueOf(request.connection().remoteAddress().hostAddress())
                : seen;
    }
}
