package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandbox carrier as an HTTP server on the loopback address. Its memory is the book file: killed at any moment and
 * started again on the same file, it knows every shipment it ever answered for. The API stands in the package
 * documentation.
 */
public final class SandboxServer implements Closeable {
    /** The token of a sandbox nobody configured; it opens nothing but a sandbox on this machine. */
    public static final String DEFAULT_TOKEN = "sandbox";

    /** Where {@code run} starts it and where an account looks for it unless told otherwise. */
    public static final int DEFAULT_PORT = 8089;

    private static final Logger LOG = LoggerFactory.getLogger(SandboxServer.class);
    private static final Duration HANGS = Duration.ofMinutes(1);
    private static final int THREADS = 16;
    private static final int WAITING = 256;
    private static final int MAX_BODY = 1024 * 1024;

    private final HttpServer http;
    private final Book book;
    private final SandboxDesk desk;
    private final byte[] authorization;
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(SandboxServer::daemon);

    private SandboxServer(Book book, SandboxDesk desk, String token, int port) throws IOException {
        this.book = book;
        this.desk = desk;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAITING);
        this.workers = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING),
                SandboxServer::daemon,
                new ThreadPoolExecutor.CallerRunsPolicy());
        http.setExecutor(workers);
        http.createContext("/", this::handle);
    }

    /** Starts with the default token. */
    public static SandboxServer start(Path book, int port, SandboxPace pace) throws IOException {
        return start(book, port, DEFAULT_TOKEN, pace);
    }

    /**
     * Starts with a token of its own.
     *
     * @param book created when missing, replayed when not
     * @param port 0 for any free one
     * @throws IOException when the port is taken, or the book is damaged or open elsewhere
     */
    public static SandboxServer start(Path book, int port, String token, SandboxPace pace) throws IOException {
        return start(book, port, token, pace, Clock.systemUTC());
    }

    static SandboxServer start(Path path, int port, String token, SandboxPace pace, Clock clock) throws IOException {
        Book book = Book.open(path);
        try {
            SandboxServer server = new SandboxServer(book, new SandboxDesk(book, pace, clock), token, port);
            server.http.start();
            return server;
        } catch (IOException e) {
            book.close();
            throw e;
        }
    }

    /**
     * Runs the sandbox as a process of its own and says {@code sandbox listening on 127.0.0.1:PORT}. Takes
     * {@code --book FILE --port N [--tracking-step S] [--late S] [--label S] [--slow S]}, times in seconds; the token
     * comes from the environment variable {@code WAYBILL_SANDBOX_TOKEN}.
     */
    public static void main(String[] args) throws IOException {
        SandboxArguments given = SandboxArguments.read(args);
        String token = System.getenv().getOrDefault("WAYBILL_SANDBOX_TOKEN", DEFAULT_TOKEN);
        SandboxServer server = start(given.book(), given.port(), token, given.pace());
        System.out.println("sandbox listening on 127.0.0.1:" + server.port());
    }

    public int port() {
        return http.getAddress().getPort();
    }

    /** What an account's {@code baseUrl} says. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        workers.shutdownNow();
        later.shutdownNow();
        book.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            if (!MessageDigest.isEqual(authorization, header(exchange, "Authorization"))) {
                throw Refusal.of(401, "unauthorized", "the bearer token is missing or wrong");
            }
            route(exchange);
        } catch (Refusal refusal) {
            Sent.answer(exchange, refusal.status, Sent.errors(refusal));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "the sandbox failed on {} {}",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    e);
            Sent.answer(exchange, 500, Sent.errors(Refusal.of(500, "internal", "the sandbox failed")));
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod() + " "
                + path.replaceFirst("^/v1/shipments/[A-Z0-9]{1,40}/", "/v1/shipments/*/")) {
            case "POST /v1/shipments" -> sell(exchange);
            case "GET /v1/shipments" ->
                Sent.answer(exchange, 200, desk.find(Query.of(exchange).required("reference")));
            case "GET /v1/shipments/*/label" -> label(exchange, id(path));
            case "POST /v1/shipments/*/void" -> Sent.answer(exchange, 200, desk.giveBack(id(path)));
            case "POST /v1/rates" -> Sent.answer(exchange, 200, desk.rates(body(exchange)));
            case "GET /v1/tracking" ->
                Sent.answer(
                        exchange,
                        200,
                        desk.track(
                                List.of(Query.of(exchange).required("numbers").split(","))));
            case "GET /v1/book" -> Sent.answer(exchange, 200, desk.audit());
            default -> throw Refusal.of(404, "no_such_call", "no " + exchange.getRequestMethod() + " " + path);
        }
    }

    private void sell(HttpExchange exchange) throws IOException {
        String key = new String(header(exchange, "Idempotency-Key"), StandardCharsets.UTF_8);
        if (key.isBlank() || key.length() > 100) {
            throw Refusal.of(400, "key_missing", "a purchase needs an Idempotency-Key of 1 to 100 characters");
        }
        byte[] body = body(exchange);
        if (desk.drops(key, body)) {
            exchange.close();
            return;
        }
        Book.Entry entry = desk.sell(key, body);
        if (entry.isNew()) {
            answerFirst(exchange, entry);
        } else if (!desk.inEffect(entry)) {
            throw Refusal.of(409, "in_progress", "this purchase is not decided yet");
        } else {
            exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
            Sent.answer(exchange, 200, desk.shipment(entry));
        }
    }

    /** Only the answer to the first sale of a key plays its fault. */
    private void answerFirst(HttpExchange exchange, Book.Entry entry) throws IOException {
        Magic magic = entry.sale().magic();
        switch (magic.kind()) {
            case LOSE_ANSWER -> exchange.close();
            case SELL_503 -> throw Refusal.of(503, "unavailable", "the sandbox is out of order");
            case LATE -> throw Refusal.of(504, "timeout", "the sandbox took too long");
            case SLOW -> after(desk.slowAnswer(magic), () -> answerLate(exchange, entry));
            case CUT -> Sent.cut(exchange, Json.bytes(desk.shipment(entry)), magic.bytes());
            case HANG -> after(magic.orAfter(HANGS), exchange::close);
            default -> Sent.answer(exchange, 201, desk.shipment(entry));
        }
    }

    private void after(Duration wait, Runnable work) {
        Future<?> unused = later.schedule(work, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void answerLate(HttpExchange exchange, Book.Entry entry) {
        try {
            Sent.answer(exchange, 201, desk.shipment(entry));
        } catch (IOException e) {
            LOG.debug("nobody waited for a slow answer", e);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the sandbox failed on a slow answer", e);
            exchange.close();
        }
    }

    private void label(HttpExchange exchange, String id) throws IOException {
        Query query = Query.of(exchange);
        LabelAsked asked =
                new LabelAsked(query.get("format", "PDF"), query.get("size", "4x6"), query.number("dpi", 203));
        ObjectNode label = desk.label(id, asked);
        Sent.answer(exchange, Json.text(label, "status").equals("ready") ? 200 : 202, label);
    }

    private static String id(String path) {
        return path.split("/", -1)[3];
    }

    private static byte[] header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return (value == null ? "" : value).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw Refusal.of(413, "too_long", "a body has at most " + MAX_BODY + " bytes");
        }
        return body;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sandbox-carrier");
        thread.setDaemon(true);
        return thread;
    }
}
