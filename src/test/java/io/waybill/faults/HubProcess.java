package io.waybill.faults;

import static org.awaitility.Awaitility.await;

import io.waybill.FreePort;
import io.waybill.Hub;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One node of a site: a hub as a process of its own, with its own port, data folder and log. */
final class HubProcess implements AutoCloseable {
    private final Path folder;
    private final Path data;
    private final Path log;
    private final Store store;
    private final String secret;
    private final int port = FreePort.next();
    private volatile @Nullable ChildJvm process;
    private volatile boolean paused;

    /** @param number 1 is the one whose data folder is called {@code data} */
    HubProcess(Path folder, int number, Store store, String secret) {
        this.folder = folder;
        this.store = store;
        this.secret = secret;
        String suffix = number == 1 ? "" : "-" + number;
        this.data = folder.resolve("data" + suffix);
        this.log = folder.resolve("hub" + suffix + ".log");
    }

    /** Returns at once. */
    void start(Launch launch) throws IOException {
        paused = false;
        process = ChildJvm.start(
                launch.before(),
                Stream.concat(QuickStart.options().stream(), launch.options().stream())
                        .toList(),
                Hub.class,
                log,
                environment(),
                "run",
                "--config",
                folder.resolve("waybill.properties").toString());
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(store.environment());
        environment.put("WAYBILL_DATA", data.toString());
        environment.put("WAYBILL_HTTP_PORT", Integer.toString(port));
        environment.put("WAYBILL_SINK_ACME_OMS_SECRET", secret);
        return environment;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    ChildJvm process() {
        return Objects.requireNonNull(process);
    }

    boolean isAlive() {
        ChildJvm started = process;
        return started != null && started.isAlive();
    }

    /** Whether it would answer a call, ready or not. */
    boolean answers() {
        return isAlive() && !paused;
    }

    void pause() throws IOException, InterruptedException {
        paused = true;
        process().signal("STOP");
    }

    void goOn() throws IOException, InterruptedException {
        process().signal("CONT");
        paused = false;
    }

    void kill() {
        process().kill();
        paused = false;
    }

    /** SIGTERM, twice; its exit status when it has ended. */
    int stop() throws InterruptedException {
        process().terminate();
        await().pollInterval(Duration.ofMillis(10)).until(() -> !isAlive() || !isReady());
        process().terminate();
        return process().waitFor(90);
    }

    /** Fails when it stopped. */
    void awaitReady() {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (!isAlive()) {
                        throw new IllegalStateException("the hub stopped: " + log());
                    }
                    return isReady();
                });
    }

    /** True when it takes orders, false when it ended by itself; where it stands still by itself, it goes on. */
    boolean awaitReadyOrEnd() {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (!isAlive() || isReady()) {
                        return true;
                    }
                    if (process().isStopped()) {
                        goOn();
                    }
                    return false;
                });
        return isAlive();
    }

    boolean isReady() {
        try {
            HttpURLConnection call = (HttpURLConnection)
                    URI.create(address() + "/health/ready").toURL().openConnection();
            call.setConnectTimeout(2_000);
            call.setReadTimeout(2_000);
            return call.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** How often its log has a text. */
    long logged(String text) throws IOException {
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    /** Its last words. */
    String log() {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 6000));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        ChildJvm started = process;
        if (started != null) {
            started.close();
        }
    }
}
