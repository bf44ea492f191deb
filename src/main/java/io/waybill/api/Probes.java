package io.waybill.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.waybill.access.Access;
import io.waybill.access.Scope;
import io.waybill.problem.Problem;

/** {@code /metrics}, answered by the event loop: for whoever sits at this machine, else for a key that may read everything. */
final class Probes {
    private final Access access;
    private final Guesses guesses;
    private final Metering metering;
    private final boolean behindProxy;

    private Probes(Access access, Guesses guesses, Metering metering, boolean behindProxy) {
        this.access = access;
        this.guesses = guesses;
        this.metering = metering;
        this.behindProxy = behindProxy;
    }

    static void put(Router router, Access access, Guesses guesses, Metering metering, boolean behindProxy) {
        router.get("/metrics").handler(new Probes(access, guesses, metering, behindProxy)::answer);
        Failures.only(router, "/metrics");
    }

    private void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isLocal(request) || mayRead(request)) {
            context.response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(metering.text());
        } else if (!isGuessed(request)
                || !guesses.isSentAway(context, String.valueOf(Authentication.secret(request)))) {
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"waybill\"");
            ProblemJson.send(context, 401, Problem.of(ApiCode.METRICS_NEED_A_KEY));
        }
    }

    private boolean isGuessed(HttpServerRequest request) {
        String secret = Authentication.secret(request);
        return secret != null && access.caller(secret).isEmpty();
    }

    private boolean isLocal(HttpServerRequest request) {
        return !behindProxy && Local.refusal(request).isEmpty();
    }

    private boolean mayRead(HttpServerRequest request) {
        String secret = Authentication.secret(request);
        return secret != null
                && access.caller(secret)
                        .filter(caller -> caller.may(Scope.ADMIN)
                                || (caller.may(Scope.READ)
                                        && caller.namespaces().all()))
                        .isPresent();
    }
}
