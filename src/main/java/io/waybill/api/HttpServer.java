package io.waybill.api;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.waybill.access.Access;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one HTTP server, under Camel's platform-http. {@link #install} before the routes are built, {@link #listen} when
 * they run. When stopping: shed first, so that callers hear 503 and not 404; let Camel finish; then {@link #close}.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final HttpSettings settings;
    private final Access access;
    private final Doors doors;
    private final Path uploads;
    private final Vertx vertx;
    private final Router router;
    private @Nullable Gate gate;
    private @Nullable Listener listener;
    private volatile int port;

    /**
     * What the hub tells its server. All are asked on the event loop: none may wait.
     *
     * @param shedding who is turned away; the hub is ready while that is not everyone
     * @param metering what is told at {@code /metrics}
     * @param isOpen paths that need no key: they see {@link io.waybill.access.Caller#ANYONE}, and may look for another proof
     * @param pages for people
     */
    public record Doors(Shedding shedding, Metering metering, Predicate<String> isOpen, Pages pages) {}

    /** @param uploads where bodies of many orders are put as they come; it exists, and is swept by its owner */
    public HttpServer(HttpSettings settings, Access access, Doors doors, Path uploads) {
        this.uploads = uploads;
        this.settings = settings;
        this.access = access;
        this.doors = doors;
        this.port = settings.port();
        this.vertx = Vertx.vertx(new VertxOptions()
                .setWorkerPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        this.router = Router.router(vertx);
    }

    /** Makes this the server behind every {@code platform-http} endpoint and REST route of a context. */
    public void install(CamelContext context) {
        router.route().method(HttpMethod.HEAD).handler(HttpServer::asGet);
        router.route().handler(HttpServer::asItIs);
        Deadlines deadlines = new Deadlines(vertx, settings);
        router.route().handler(deadlines::request);
        router.route().handler(new Framing(settings.behindProxy())::request);
        Health.put(router, doors.shedding());
        Guesses guesses = new Guesses(settings.behindProxy());
        Probes.put(router, access, guesses, doors.metering(), settings.behindProxy());
        router.route().handler(doors.metering()::request);
        Gate gate = new Gate(settings, access, guesses, doors, uploads);
        this.gate = gate;
        router.route().handler(gate);
        PageRoute pages = new PageRoute(doors.pages());
        router.route().handler(pages);
        router.route("/v1/*").handler(Failures::noEmptyPart);
        Failures.put(router, pages);
        GuardedEngine engine = new GuardedEngine(this::port);
        context.getRegistry().bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, PlatformHttpEngine.class, engine);
        context.getRegistry()
                .bind(VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO, new BehindTheGate(vertx, router));
        this.listener = new Listener(settings, router, deadlines);
    }

    /** HEAD is answered as GET is: the server leaves the body out by itself. */
    private static void asGet(RoutingContext context) {
        context.reroute(HttpMethod.GET, context.request().uri());
    }

    /** Whatever is answered, a probe and a refusal too, is kept by nobody on the way and taken for nothing it does not say it is. */
    private static void asItIs(RoutingContext context) {
        context.response().putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
        context.next();
    }

    /**
     * Takes calls from now on.
     *
     * @throws ProblemException {@code unsafe-bind}, {@code proxy-needs-keys}, {@code port-taken}
     */
    public void listen() {
        settings.requireSafe(access.isKeyed());
        Listener listener = Objects.requireNonNull(this.listener, "install first");
        wait(vertx.deployVerticle(
                listener,
                new DeploymentOptions()
                        .setWorkerPoolName("waybill-http")
                        .setWorkerPoolSize(settings.workers())
                        .setMaxWorkerExecuteTime(2)
                        .setMaxWorkerExecuteTimeUnit(TimeUnit.MINUTES)));
        port = listener.port();
        LOG.info("Listening on {}://{}:{}", settings.tls().isPresent() ? "https" : "http", settings.host(), port);
    }

    /** The port it listens on; before {@link #listen}, the one it will ask for. */
    public int port() {
        return port;
    }

    /** While everyone is turned away, whoever still sends a body hears it too. */
    @Override
    public void close() {
        if (gate != null) {
            wait(gate.turnAwayWhoStillSend());
        }
        wait(vertx.close());
    }

    private static void wait(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    /** The router Camel puts its routes on. The gate has read the body, so Camel's own body handler has nothing to do. */
    private static final class BehindTheGate extends VertxPlatformHttpRouter {
        BehindTheGate(Vertx vertx, Router router) {
            super(null, vertx, router, PLATFORM_HTTP_ROUTER_NAME_ZERO);
        }

        @Override
        public io.vertx.core.Handler<RoutingContext> bodyHandler() {
            return RoutingContext::next;
        }
    }
}
