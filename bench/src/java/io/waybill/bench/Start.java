package io.waybill.bench;

import io.waybill.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./waybill run} with the routes and mappings that are shipped: how long until it is ready, first with no store and then with the
 * one it left, and how much memory it holds after a while with nothing to do.
 */
final class Start {
    private static final int STARTS = 4;
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder = Files.createTempDirectory("waybill-start");
    private final int port = FreePort.next();
    private final HttpClient client = HttpClient.newHttpClient();

    Start() throws IOException {}

    void run() throws Exception {
        for (int start = 1; start <= STARTS; start++) {
            long begun = System.nanoTime();
            Process hub = hub();
            try {
                while (!isReady()) {
                    if (!hub.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                        throw new IllegalStateException("the hub is not ready: " + Files.readString(log()));
                    }
                    TimeUnit.MILLISECONDS.sleep(10);
                }
                Purchases.say(
                        "  start %d, %s: ready after %.1f s, %d MB",
                        start,
                        start == 1 ? "no store yet" : "with its store",
                        (System.nanoTime() - begun) / 1e9,
                        megabytes(hub.pid()));
                if (start == STARTS) {
                    TimeUnit.SECONDS.sleep(IDLE.toSeconds());
                    Purchases.say("  idle for %d s: %d MB", IDLE.toSeconds(), megabytes(hub.pid()));
                }
            } finally {
                hub.destroy();
                hub.waitFor();
            }
        }
    }

    /** The launcher becomes the hub's own process. */
    private Process hub() throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of("waybill").toAbsolutePath().toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        command.environment()
                .putAll(Map.of(
                        "WAYBILL_DATA",
                        folder.resolve("data").toString(),
                        "WAYBILL_HTTP_PORT",
                        Integer.toString(port)));
        return command.start();
    }

    private Path log() {
        return folder.resolve("hub.log");
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                    .build();
            return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the machine counts as its memory, as Linux tells it. */
    static long megabytes(long process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
