package io.waybill.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first to see a request: sheds, asks who is calling, refuses what is too large, and only then reads the body. It
 * never waits: keys are in memory.
 */
final class Gate implements io.vertx.core.Handler<RoutingContext> {
    static final String REQUEST_ID = "X-Request-Id";
    private static final Set<String> INTAKES = Set.of("/v1/orders", "/v1/batches");
    private static final String LOCAL = "local";

    private final HttpSettings settings;
    private final Access access;
    private final HttpServer.Doors doors;
    private final Room room;

    Gate(HttpSettings settings, Access access, HttpServer.Doors doors) {
        this.settings = settings;
        this.access = access;
        this.doors = doors;
        this.room = new Room(settings.maxHeld());
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String requestId = UUID.randomUUID().toString();
        context.response()
                .putHeader(REQUEST_ID, requestId)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (isAway(context, doors.shedding().fromEverything())) {
            return;
        }
        Optional<Caller> caller = caller(context);
        if (caller.isPresent() && !isAway(context, fromIntake(context, caller.get()))) {
            strip(request);
            new BodyReader(context, settings, room).read(body -> {
                new Visit(requestId, caller.get(), body).enter(context);
                context.next();
            });
        }
    }

    /** True when the request was turned away and answered. */
    private boolean isAway(RoutingContext context, Optional<Shedding.Away> turned) {
        if (turned.isEmpty()) {
            return false;
        }
        Shedding.Away away = turned.get();
        doors.metering().shed(away.problem().code());
        context.response()
                .putHeader(
                        "Retry-After", String.valueOf(Math.max(1, away.pause().toSeconds())));
        BodyReader.discard(context);
        ProblemJson.send(context, away.status(), away.problem());
        return true;
    }

    /** Only of calls that bring orders. */
    private Optional<Shedding.Away> fromIntake(RoutingContext context, Caller caller) {
        boolean brings =
                context.request().method().equals(HttpMethod.POST) && INTAKES.contains(context.normalizedPath());
        if (!brings) {
            return Optional.empty();
        }
        String named = context.request().getParam("source");
        boolean mayName = caller.may(Scope.ADMIN) || caller.source().isEmpty();
        String own = caller.source().orElse(LOCAL);
        return doors.shedding().fromIntake(named == null || !mayName ? own : named);
    }

    /** Empty when the request was refused and answered. */
    private Optional<Caller> caller(RoutingContext context) {
        String secret = secret(context.request());
        boolean maybeLocal = secret == null && !access.isKeyed();
        Optional<Code> stranger = maybeLocal ? Local.refusal(context.request()) : Optional.empty();
        Optional<Caller> caller = secret == null ? Optional.empty() : access.caller(secret);
        if (caller.isPresent()) {
            return caller;
        }
        if (maybeLocal && stranger.isEmpty()) {
            return Optional.of(Caller.LOCAL);
        }
        if (doors.isOpen().test(context.normalizedPath())) {
            return Optional.of(Caller.ANYONE);
        }
        if (stranger.isPresent()) {
            refuse(context, 403, stranger.get());
        } else {
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"waybill\"");
            refuse(context, 401, secret == null ? ApiCode.KEY_MISSING : ApiCode.KEY_REFUSED);
        }
        return Optional.empty();
    }

    static @Nullable String secret(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).strip();
        }
        return request.getHeader("X-Api-Key");
    }

    /** No header may speak to Camel, and no secret travels further than here. */
    private static void strip(HttpServerRequest request) {
        List.copyOf(request.headers().names()).stream().filter(Gate::isKeptOut).forEach(request.headers()::remove);
    }

    private static boolean isKeptOut(String header) {
        return OutsideHeaders.speaksToCamel(header)
                || header.equalsIgnoreCase("Authorization")
                || header.equalsIgnoreCase("X-Api-Key");
    }

    private static void refuse(RoutingContext context, int status, Code code) {
        BodyReader.discard(context);
        ProblemJson.send(context, status, Problem.of(code));
    }
}
