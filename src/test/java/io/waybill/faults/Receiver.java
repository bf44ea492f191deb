package io.waybill.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An order system that listens: keeps every event by its webhook-id. Of the events it sees for the first time it turns
 * every 13th away, and takes every 17th without ever answering.
 */
final class Receiver implements AutoCloseable {
    private final Map<String, AtomicInteger> arrivals = new ConcurrentHashMap<>();
    private final Map<String, String> taken = new ConcurrentHashMap<>();
    private final AtomicInteger firsts = new AtomicInteger();
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final HttpServer http;

    Receiver() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 256);
        http.setExecutor(workers);
        http.createContext("/", this::take);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/events";
    }

    /** Whether an event was taken at least once. */
    boolean has(String id) {
        return taken.containsKey(id);
    }

    /** How many events came again. */
    long repeats() {
        return arrivals.values().stream().mapToLong(count -> count.get() - 1).sum();
    }

    private void take(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String body = new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        int first = arrivals.computeIfAbsent(id, unseen -> new AtomicInteger()).incrementAndGet() == 1
                ? firsts.incrementAndGet()
                : 1;
        if (first % 13 == 0) {
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
            return;
        }
        taken.put(id, body);
        if (first % 17 != 0) {
            exchange.sendResponseHeaders(204, -1);
        }
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        workers.shutdownNow();
    }
}
