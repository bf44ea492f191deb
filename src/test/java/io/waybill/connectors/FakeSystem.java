package io.waybill.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.order.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A server that plays somebody's system, and can be busy, broken, or let nobody in. */
final class FakeSystem {
    private final HttpServer server;
    private final Function<Call, Reply> answers;
    private final Queue<Mood> moods = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Reply always;
    private volatile long moodyAt;

    /** What it was called with, refused calls too. */
    final List<Call> calls = new CopyOnWriteArrayList<>();

    record Call(String method, String path, Map<String, String> query, Map<String, String> headers, JsonNode body) {}

    /**
     * @param of calls it is for
     * @param nr so that no two are the same
     */
    private record Mood(Reply reply, Predicate<Call> of, int nr) {}

    record Reply(int status, String body, Map<String, String> headers) {
        static Reply of(int status, String body) {
            return new Reply(status, body, Map.of());
        }

        static Reply json(JsonNode body) {
            return of(200, body.toString());
        }
    }

    FakeSystem(Function<Call, Reply> answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers calls of a kind so the next few times. */
    void answers(int times, Reply reply, Predicate<Call> of) {
        for (int i = 0; i < times; i++) {
            moods.add(new Mood(reply, of, i));
        }
    }

    /** Answers so until told otherwise; null for its own way. */
    void always(@Nullable Reply reply) {
        always = reply;
    }

    /** How long ago it last answered other than its own way. */
    Duration calmFor() {
        return Duration.ofNanos(System.nanoTime() - moodyAt);
    }

    /** Answers its own way again, whatever it was told to. */
    void calm() {
        moods.clear();
        always = null;
    }

    boolean isCalm() {
        return moods.isEmpty();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Call call = call(exchange);
        calls.add(call);
        Reply mood = mood(call);
        if (mood != null) {
            moodyAt = System.nanoTime();
        }
        Reply reply = mood != null ? mood : always != null ? always : answers.apply(call);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private @Nullable Reply mood(Call call) {
        return moods.stream()
                .filter(mood -> mood.of().test(call) && moods.remove(mood))
                .findFirst()
                .map(Mood::reply)
                .orElse(null);
    }

    private static Call call(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        URI uri = exchange.getRequestURI();
        Map<String, String> query = new HashMap<>();
        for (String pair :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
            String[] both = pair.split("=", 2);
            query.put(decoded(both[0]), both.length == 1 ? "" : decoded(both[1]));
        }
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
        JsonNode body = bytes.length == 0 ? MissingNode.getInstance() : json(bytes);
        return new Call(exchange.getRequestMethod(), uri.getPath(), query, headers, body);
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        return bytes[0] == '{' || bytes[0] == '[' ? Json.mapper().readTree(bytes) : MissingNode.getInstance();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
