package io.waybill.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.problem.Problem;
import io.waybill.text.UrlPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The first to see a request: sheds, asks who is calling, refuses what is too large, and only then reads the body. It
 * never waits: keys are in memory.
 */
final class Gate implements io.vertx.core.Handler<RoutingContext> {
    static final String REQUEST_ID = "X-Request-Id";
    private static final Set<String> INTAKES = Set.of("/v1/orders", "/v1/batches");
    private static final String HOOKS = "/hooks/sources/";
    private static final String SHEET_PAGE = "/upload";
    private static final String LOCAL = "local";

    /** Of two of one of these nobody knows which was meant: who is called, who calls, what the body is, which call it repeats. */
    private static final List<String> ONCE =
            List.of("Host", "Authorization", "X-Api-Key", "Content-Type", "Idempotency-Key");

    /** Signing in and out and choosing a language need no more. */
    private static final int STRANGERS_FORM = 16 * 1024;

    private final HttpSettings settings;
    private final Authentication authentication;
    private final HttpServer.Doors doors;
    private final Path uploads;
    private final Room room;
    private final Guesses guesses;

    /** Those whose body still comes, and where they are answered. */
    private final Map<RoutingContext, Context> sending = new ConcurrentHashMap<>();

    Gate(HttpSettings settings, Access access, Guesses guesses, HttpServer.Doors doors, Path uploads) {
        this.guesses = guesses;
        this.uploads = uploads;
        this.settings = settings;
        this.authentication = new Authentication(access, guesses, doors);
        this.doors = doors;
        this.room = new Room(settings.maxHeld());
    }

    @Override
    public void handle(RoutingContext context) {
        String requestId = UUID.randomUUID().toString();
        context.response().putHeader(REQUEST_ID, requestId);
        if (isAway(context, doors.shedding().fromEverything())) {
            return;
        }
        Optional<String> twice = twice(context.request());
        if (twice.isPresent()) {
            BodyReader.discard(context);
            ProblemJson.send(context, 400, Problem.of(ApiCode.REPEATED_HEADER, "name", twice.get()));
            return;
        }
        Optional<Caller> caller = authentication.caller(context);
        if (caller.isPresent() && !isAway(context, fromIntake(context, caller.get()))) {
            admit(context, requestId, caller.get());
        }
    }

    private static Optional<String> twice(HttpServerRequest request) {
        return ONCE.stream()
                .filter(name -> request.headers().getAll(name).size() > 1)
                .findFirst();
    }

    private void admit(RoutingContext context, String requestId, Caller caller) {
        HttpServerRequest request = context.request();
        boolean isStranger = caller.equals(Caller.ANYONE) && authentication.isPage(context);
        if (isStranger && BodyReader.stated(request) > STRANGERS_FORM) {
            authentication.leadToTheDoor(context, unsaved(request));
            return;
        }
        Languages.chosen(request);
        String from = guesses.address(request);
        OutsideHeaders.strip(request.headers());
        Optional<Shedding.Away> sheetTurned = isStranger ? Optional.empty() : fromSheet(context);
        if (sheetTurned.isPresent()) {
            doors.metering().shed(sheetTurned.get().problem().code());
            toldOnPage(context, new Visit(requestId, caller, from, Buffer.buffer(), null, sheetTurned.get()));
            return;
        }
        int limit = settings.maxBody(path(context));
        BodyReader reader = new BodyReader(
                context,
                settings,
                room,
                doors.metering(),
                isStranger ? Math.min(limit, STRANGERS_FORM) : limit,
                (status, problem) -> {
                    Shedding.Away away = new Shedding.Away(status, problem, Duration.ZERO);
                    refuse(context, isStranger, new Visit(requestId, caller, from, Buffer.buffer(), null, away), away);
                });
        sending.put(context, context.vertx().getOrCreateContext());
        context.addEndHandler(done -> sending.remove(context));
        if (isUpload(context) && !isStranger) {
            Path file = uploads.resolve(UUID.randomUUID() + ".part");
            reader.spool(file, () -> sent(context, new Visit(requestId, caller, from, Buffer.buffer(), file)));
        } else {
            reader.read(body -> sent(context, new Visit(requestId, caller, from, body, null)));
        }
    }

    /** Said as any problem, or on the page a form stood on, unless that was answered meanwhile. */
    private void refuse(RoutingContext context, boolean isStranger, Visit visit, Shedding.Away away) {
        if (isStranger || !authentication.isPage(context)) {
            BodyReader.discard(context);
            ProblemJson.send(context, away.status(), away.problem());
        } else if (sending.remove(context) != null) {
            toldOnPage(context, visit);
        }
    }

    private void sent(RoutingContext context, Visit visit) {
        if (sending.remove(context) != null) {
            go(context, visit);
        }
    }

    /** Turns away those whose body still comes, if everyone is turned away. Done when they have stopped sending or were cut off. */
    Future<?> turnAwayWhoStillSend() {
        return Future.join(sending.entrySet().stream()
                .map(each -> turnAway(each.getKey(), each.getValue()))
                .toList());
    }

    private Future<Void> turnAway(RoutingContext context, Context loop) {
        Promise<Void> over = Promise.promise();
        loop.runOnContext(now -> {
            Optional<Shedding.Away> turned = doors.shedding().fromEverything();
            if (turned.isEmpty() || sending.remove(context) == null) {
                over.complete();
                return;
            }
            HttpServerRequest request = context.request();
            Future<Void> end = request.isEnded() ? Future.succeededFuture() : request.end();
            isAway(context, turned);
            end.onComplete(endedOrCut -> over.complete());
        });
        return over.future();
    }

    /** The door says that nothing of the form was saved, and leads back to the page it stood on. */
    private static String unsaved(HttpServerRequest request) {
        String from = String.valueOf(request.getHeader("Referer"));
        String here = "://" + request.getHeader("Host") + "/";
        int at = from.indexOf(here);
        return "?unsaved=true" + (at < 0 ? "" : "&to=" + UrlPart.of(from.substring(at + here.length() - 1)));
    }

    private static void go(RoutingContext context, Visit visit) {
        visit.enter(context);
        context.next();
    }

    /** A file of many orders goes to the disk as it comes. */
    private static boolean isUpload(RoutingContext context) {
        return context.request().method().equals(HttpMethod.POST) && HttpSettings.SHEETS.contains(path(context));
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

    /** Only of calls that bring orders. Of a webhook nobody knows yet who sent it: it counts when that is proved. */
    private Optional<Shedding.Away> fromIntake(RoutingContext context, Caller caller) {
        String path = path(context);
        if (!context.request().method().equals(HttpMethod.POST)) {
            return Optional.empty();
        }
        if (path.startsWith(HOOKS)) {
            return doors.shedding().fromIntake(path.substring(HOOKS.length()));
        }
        return INTAKES.contains(path) ? doors.shedding().fromCall(source(context, caller)) : Optional.empty();
    }

    /** Of a page's sheet its source stands in the form, behind its bytes or before them; what turns every source away is known before. */
    private Optional<Shedding.Away> fromSheet(RoutingContext context) {
        return isUpload(context) && path(context).equals(SHEET_PAGE)
                ? doors.shedding().fromIntake()
                : Optional.empty();
    }

    /** The page that a form stood on says why nothing of it was taken. */
    private void toldOnPage(RoutingContext context, Visit visit) {
        BodyReader.discard(context, settings.bodyTimeout().toMillis());
        go(context, visit);
    }

    /** As routes are found by it: a slash at the end of a page says nothing, and under {@code /v1} nothing is found by one. */
    private static String path(RoutingContext context) {
        String path = context.normalizedPath();
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Nobody uses up what another source may send. */
    private String source(RoutingContext context, Caller caller) {
        String named = context.queryParams().get("source");
        boolean mayName = caller.may(Scope.ADMIN) || caller.source().isEmpty();
        return named != null && mayName && doors.shedding().isSeen(named, caller.namespaces())
                ? named
                : caller.source().orElse(LOCAL);
    }
}
