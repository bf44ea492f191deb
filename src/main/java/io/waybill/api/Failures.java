package io.waybill.api;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the router itself refuses, said as every other problem is. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void put(Router router, PageRoute pages) {
        router.errorHandler(400, context -> send(context, 400, ApiCode.REQUEST_UNREADABLE));
        router.errorHandler(404, context -> nothingThere(context, pages));
        router.errorHandler(405, context -> wrongVerb(router, context));
        router.errorHandler(500, Failures::failed);
    }

    /** Refuses every verb at a path but those its routes before this one take; nobody is asked for a key. */
    static void only(Router router, String path) {
        router.route(path).handler(context -> {
            BodyReader.discard(context);
            wrongVerb(router, context);
        });
    }

    /**
     * An id that was left out is none: the router passes over it, and {@code /v1/orders/} would be the whole list, {@code /v1/orders//label}
     * an order of that name.
     */
    static void noEmptyPart(RoutingContext context) {
        if (context.request().path().contains("//") || context.normalizedPath().endsWith("/")) {
            context.fail(404);
        } else {
            context.next();
        }
    }

    private static void wrongVerb(Router router, RoutingContext context) {
        context.response().putHeader("Allow", allowed(router, context));
        send(context, 405, ApiCode.METHOD_NOT_ALLOWED);
    }

    private static void nothingThere(RoutingContext context, PageRoute pages) {
        if (Browsers.ask(context)) {
            pages.show(context);
        } else {
            send(context, 404, ApiCode.NO_SUCH_PATH);
        }
    }

    private static void send(RoutingContext context, int status, Code code) {
        ProblemJson.send(
                context,
                status,
                Problem.of(
                        code,
                        "method",
                        context.request().method(),
                        "path",
                        context.request().path()));
    }

    private static void failed(RoutingContext context) {
        if (context.failure() instanceof ProblemException told) {
            ProblemJson.send(
                    context, Statuses.of(told.problems()), told.problems().get(0));
            return;
        }
        String request = context.response().headers().get(Gate.REQUEST_ID);
        LOG.error(
                "{} {} failed, request {}",
                context.request().method(),
                context.request().path(),
                request,
                context.failure());
        ProblemJson.send(context, 500, Problem.of(ApiCode.HUB_FAILED, "request", request));
    }

    private static String allowed(Router router, RoutingContext context) {
        return router.getRoutes().stream()
                .filter(route -> route.methods() != null && matches(route, context.normalizedPath()))
                .flatMap(route -> route.methods().stream())
                .map(Object::toString)
                .flatMap(method -> method.equals("GET") ? Stream.of(method, "HEAD") : Stream.of(method))
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), methods -> String.join(", ", methods)));
    }

    /** {@code /v1/orders/:id} matches {@code /v1/orders/ord_1}. */
    private static boolean matches(Route route, String path) {
        String[] pattern = Objects.requireNonNullElse(route.getPath(), "").split("/", 0);
        String[] asked = path.split("/", 0);
        return pattern.length == asked.length
                && IntStream.range(0, asked.length)
                        .allMatch(i -> pattern[i].startsWith(":") || pattern[i].equals(asked[i]));
    }
}
