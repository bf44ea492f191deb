package io.waybill.api;

import static io.waybill.access.Scope.ORDERS_WRITE;
import static io.waybill.access.Scope.READ;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.access.Access;
import io.waybill.access.NewKey;
import io.waybill.access.Scope;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** A server with a few resources, a real ledger and a real port. */
final class RunningHub implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final AtomicInteger handled = new AtomicInteger();
    final CountDownLatch released = new CountDownLatch(1);
    /** What the page {@code /export} answers once it is released. */
    volatile @Nullable Path exported;

    volatile Optional<Duration> shed = Optional.empty();
    volatile Optional<Duration> shedIntake = Optional.empty();
    volatile boolean ready = true;
    final List<String> intakesOf = new CopyOnWriteArrayList<>();
    final Access access;
    final HttpServer server;
    final Path spool;
    private final Ledger ledger;
    private final DefaultCamelContext camel = new DefaultCamelContext();

    RunningHub(Path folder, String settings) throws Exception {
        ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE);
        spool = Files.createDirectories(folder.resolve("work"));
        access = Access.open(ledger);
        server = new HttpServer(
                HttpSettings.read(
                        Settings.of(settings + "\nwaybill.http.port=0").section("waybill.http")),
                access,
                new HttpServer.Doors(
                        new Turned(),
                        new Metering(),
                        path -> path.equals("/v1/open") || path.equals("/docs"),
                        new Forms()),
                spool);
        server.install(camel);
        camel.addRoutes(new RestRoutes("/v1", resources()));
        camel.addRoutes(new RestRoutes("/v1", new SessionCalls(access.sessions()).resources()));
        camel.addRoutes(new RestRoutes(
                "",
                List.of(new Resource(
                        "get", "/docs", Optional.empty(), request -> Answer.bytes("text/html", new byte[] {'!'})))));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/broken-edge").routeId("broken-edge").process(exchange -> {
                    throw new IllegalStateException("secret words of the hub");
                });
                from("platform-http:/hook").routeId("hook").process(exchange -> {
                    exchange.getMessage().setHeader("X-Said", "by the route");
                    exchange.getMessage().setHeader("X-Known", exchange.getIn().getHeader("X-Challenge"));
                    exchange.getMessage().setBody(exchange.getIn().getHeader("q", "", String.class));
                });
                from("platform-http:/edge").routeId("edge").process(exchange -> {
                    String headers =
                            String.join(",", exchange.getIn().getHeaders().keySet());
                    exchange.getMessage().removeHeaders("*");
                    exchange.getMessage().setBody(headers);
                });
            }
        });
        camel.start();
        server.listen();
    }

    /** Says how much a form brought, and whether it lies in a file. */
    private final class Forms implements Pages {
        @Override
        public boolean own(String path) {
            return path.equals("/sign-in")
                    || path.equals("/upload")
                    || path.equals("/money/invoices")
                    || path.equals("/export");
        }

        @Override
        public String door() {
            return "/sign-in";
        }

        @Override
        public Answer turnAway(Request request, Shedding.Away away) {
            return Answer.empty(away.status());
        }

        @Override
        public Answer answer(Request request) throws InterruptedException {
            if (request.path().equals("/export")) {
                handled.incrementAndGet();
                released.await();
                return Answer.file("text/csv", Objects.requireNonNull(exported), "orders.csv");
            }
            return Answer.ok(JSON.createObjectNode()
                    .put("memory", request.body().length)
                    .put("spooled", request.upload() != null));
        }
    }

    /** Turns away as the test says. */
    private final class Turned implements Shedding {
        @Override
        public Optional<Away> fromEverything() {
            return ready ? shed.map(pause -> away(503, pause)) : Optional.of(away(503, Duration.ofSeconds(1)));
        }

        @Override
        public boolean isSeen(String source, Namespaces by) {
            return by.has(source);
        }

        @Override
        public Optional<Away> fromIntake() {
            return Optional.empty();
        }

        @Override
        public Optional<Away> fromIntake(String source) {
            intakesOf.add(source);
            return shedIntake.map(pause -> away(429, pause));
        }

        @Override
        public Optional<Away> count(String source) {
            return Optional.empty();
        }

        private static Away away(int status, Duration pause) {
            return new Away(status, Problem.of(ApiCode.HUB_BUSY), pause);
        }
    }

    private List<Resource> resources() {
        return List.of(
                Resource.get("/orders/{id}", READ, request -> {
                            handled.incrementAndGet();
                            if (!request.caller().namespaces().has(request.parameter("id"))) {
                                throw new ProblemException(Problem.of(() -> "NOT_FOUND"));
                            }
                            return Answer.ok(JSON.createObjectNode()
                                    .put("id", request.parameter("id"))
                                    .put("caller", request.caller().name())
                                    .put("source", request.caller().source().orElse(null))
                                    .put("q", request.query("q").orElse(null))
                                    .put("thread", Thread.currentThread().getName())
                                    .put(
                                            "headers",
                                            String.join(",", request.headers().keySet())));
                        })
                        .taking("q"),
                Resource.post("/orders", ORDERS_WRITE, request -> {
                    handled.incrementAndGet();
                    return Answer.json(201, JSON.createObjectNode().put("size", request.body().length))
                            .with("Location", "/v1/orders/1");
                }),
                Resource.post(
                        "/batches",
                        ORDERS_WRITE,
                        request -> Answer.json(
                                202,
                                JSON.createObjectNode()
                                        .put("size", request.content().readAllBytes().length)
                                        .put("memory", request.body().length))),
                Resource.get("/wait", READ, request -> {
                    handled.incrementAndGet();
                    released.await();
                    return Answer.empty(204);
                }),
                Resource.get("/broken", READ, request -> {
                    throw new IllegalStateException("secret words of the hub");
                }),
                new Resource(
                        "get",
                        "/open",
                        Optional.empty(),
                        request -> Answer.ok(JSON.createObjectNode()
                                .put("caller", request.caller().name()))));
    }

    String key(String name, Set<Scope> scopes, Namespaces namespaces) {
        return made(name, scopes, namespaces).secret();
    }

    Access.Created made(String name, Set<Scope> scopes, Namespaces namespaces) {
        NewKey key = new NewKey(name, Optional.empty(), scopes, Optional.of("shop"), namespaces, Optional.empty());
        return access.create(key, "test");
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = to(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        camel.stop();
        server.close();
        access.close();
        ledger.close();
    }
}
