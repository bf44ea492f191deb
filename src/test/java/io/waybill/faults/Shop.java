package io.waybill.faults;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A web shop that sends each of its orders until somebody acknowledges it, always under the same key. */
final class Shop implements AutoCloseable {
    private static final Map<Integer, String> FAULTS = Map.of(
            1, "SANDBOX:LOSE-ANSWER ", 3, "SANDBOX:SELL-503 ", 5, "SANDBOX:LATE=1 ", 7, "SANDBOX:LABEL-LATER=1 ");

    /** Hub ids of the acknowledged orders, by order number. */
    final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    /** Sent again because nobody answered, or the hub asked to come back. */
    final AtomicInteger again = new AtomicInteger();

    /** Of those, requests of which nobody knows whether they were taken in; the same key says it is the same order. */
    final AtomicInteger unanswered = new AtomicInteger();

    private final Site site;
    private final ExecutorService clerks;

    Shop(Site site, int clerks) {
        this.site = site;
        this.clerks = Executors.newFixedThreadPool(clerks);
    }

    static String number(int i) {
        return "KILL-%03d".formatted(i);
    }

    /** Begins to send orders 1 to {@code count}. */
    List<Future<?>> send(int count) {
        return IntStream.rangeClosed(1, count)
                .<Future<?>>mapToObj(i -> clerks.submit(() -> {
                    sendUntilAcknowledged(i);
                    return true;
                }))
                .toList();
    }

    /** Begins to send one order to a recipient whose name may ask the sandbox for a fault. */
    Future<?> send(String number, String recipient, String service) {
        return clerks.submit(() -> {
            sendUntilAcknowledged(number, "wait=2", order(number, recipient, 1, service));
            return true;
        });
    }

    private void sendUntilAcknowledged(int i) throws IOException, InterruptedException {
        String prefer = i % 2 == 0 ? "wait=2" : "respond-async";
        sendUntilAcknowledged(
                number(i),
                prefer,
                order(number(i), FAULTS.getOrDefault(i % 10, "") + "Jane Roe", i % 20 + 1, "ground"));
    }

    private void sendUntilAcknowledged(String number, String prefer, String order)
            throws IOException, InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                HttpResponse<String> answer = site.post("/v1/orders", "key-" + number, prefer, order);
                if (answer.statusCode() / 100 == 2) {
                    acknowledged.put(
                            number, Site.JSON.readTree(answer.body()).path("id").asText());
                    return;
                }
                if (answer.statusCode() < 500 && answer.statusCode() != 429) {
                    throw new IllegalStateException(number + " was refused: " + answer.body());
                }
            } catch (IOException e) {
                unanswered.incrementAndGet();
            }
            again.incrementAndGet();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static String order(String number, String recipient, int kilograms, String service) {
        return """
                {"orderId": "%s", "service": "%s",
                 "shipTo": {"name": "%s", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"},
                 "parcels": [{"reference": "box-1", "weight": {"value": %d.5, "unit": "kg"}}]}""".formatted(number, service, recipient, kilograms);
    }

    @Override
    public void close() {
        clerks.shutdownNow();
    }
}
