package io.waybill.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Order systems that each wait for the label of one order before they send the next, all by HTTP. */
final class Callers {
    private static final int MOST_TRIES = 5;

    private final AtomicInteger next = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int connections;
    private final Set<Integer> expected;

    /** @param expected the statuses an order may be answered with; any other ends the measurement */
    Callers(int connections, Set<Integer> expected) {
        this.connections = connections;
        this.expected = expected;
    }

    /**
     * Sends so many orders, none twice.
     *
     * @return how long each waited
     */
    Spread send(URI address, int orders) throws Exception {
        Spread spread = new Spread();
        AtomicInteger left = new AtomicInteger(orders);
        ExecutorService callers = Executors.newFixedThreadPool(connections);
        List<Future<?>> all = new ArrayList<>();
        for (int caller = 0; caller < connections; caller++) {
            all.add(callers.submit(() -> {
                while (left.getAndDecrement() > 0) {
                    long begun = System.nanoTime();
                    order(address);
                    spread.add(System.nanoTime() - begun);
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        callers.shutdown();
        return spread;
    }

    private void order(URI address) throws Exception {
        String number = "B-" + next.incrementAndGet();
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=20")
                .header("Idempotency-Key", number)
                .POST(BodyPublishers.ofString(Works.order(number).toString()))
                .build();
        HttpResponse<String> answer = answer(request);
        if (!expected.contains(answer.statusCode())) {
            throw new IllegalStateException(address + " answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** Whose connection breaks sends the same again, under the same key. */
    private HttpResponse<String> answer(HttpRequest request) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return client.send(request, BodyHandlers.ofString());
            } catch (IOException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }
}
