package io.waybill.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.FreePort;
import io.waybill.Hub;
import io.waybill.carrier.sandbox.SandboxPace;
import io.waybill.carrier.sandbox.SandboxServer;
import io.waybill.ledger.Database;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Orders by REST at a steady rate, then ten times as many for a minute, against a whole hub and the sandbox carrier in this
 * process: which statuses callers saw, and how long until everything that was taken in is labelled.
 */
final class Burst implements AutoCloseable {
    private static final int STEADY_SECONDS = 15;
    private static final int BURST_SECONDS = 60;
    private static final Duration DRAINED = Duration.ofMinutes(20);
    private static final List<String> OPEN = List.of("ready", "buying", "unresolved");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String kind;
    private final Path folder = Files.createTempDirectory("waybill-burst");
    private final SandboxServer carrier;
    private final Hub hub;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Burst(Store store) throws Exception {
        kind = store.kind;
        int port = FreePort.next();
        carrier = SandboxServer.start(folder.resolve("book.jsonl"), port, SandboxPace.DEFAULT);
        hub = Hub.start(settings(port, store.next()));
    }

    void run(int rate) throws Exception {
        phase("steady", rate, STEADY_SECONDS);
        phase("burst", rate * 10, BURST_SECONDS);
        long begun = System.nanoTime();
        while (isOpen()) {
            if (System.nanoTime() - begun > DRAINED.toNanos()) {
                Purchases.say("%s: NOT drained within %s", kind, DRAINED);
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
        Purchases.say(
                "%s: drained %d s after the burst",
                kind, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    }

    private void phase(String name, int rate, int seconds) throws InterruptedException {
        Map<String, LongAdder> answers = new ConcurrentHashMap<>();
        Spread spread = new Spread();
        Semaphore open = new Semaphore(2_000);
        long start = System.nanoTime();
        for (int i = 0; i < rate * seconds; i++) {
            long due = start + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            open.acquire();
            client.sendAsync(order(name + "-" + i), BodyHandlers.discarding()).whenComplete((answer, failure) -> {
                open.release();
                spread.add(System.nanoTime() - due);
                String said = failure == null ? Integer.toString(answer.statusCode()) : failure.toString();
                answers.computeIfAbsent(said, any -> new LongAdder()).increment();
            });
        }
        open.acquire(2_000);
        Purchases.say(
                "  %s, %s: %d a second for %d s: %s, %s", kind, name, rate, seconds, new TreeMap<>(answers), spread);
    }

    private HttpRequest order(String orderId) {
        return HttpRequest.newBuilder(URI.create(hub.address() + "/v1/orders"))
                .header("Content-Type", "application/json")
                .header("Prefer", "respond-async")
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(Works.order(orderId).toString()))
                .build();
    }

    private boolean isOpen() throws IOException, InterruptedException {
        for (String status : OPEN) {
            URI address = URI.create(hub.address() + "/v1/orders?status=" + status);
            HttpResponse<byte[]> answer =
                    client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(address + ": " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            if (!JSON.readTree(answer.body()).path("items").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private Settings settings(int port, Database database) throws IOException {
        return HubSettings.of(
                database,
                folder,
                HubSettings.noMappings(folder),
                HubSettings.account(port, 16),
                HubSettings.DEPOT,
                "defaults.namespace=acme");
    }

    @Override
    public void close() throws IOException {
        hub.close();
        carrier.close();
    }
}
