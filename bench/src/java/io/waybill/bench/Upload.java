package io.waybill.bench;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A sheet of many rows by the upload of the portal's own calls: looked at and priced, then taken in and bought, and what pages
 * take meanwhile: its own, the orders, today.
 */
final class Upload implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Store store;
    private final Path folder = Files.createTempDirectory("waybill-bench-upload");
    private final SandboxServer carrier;
    private final Hub hub;

    Upload(Store store) throws Exception {
        this.store = store;
        int port = FreePort.next();
        carrier = SandboxServer.start(folder.resolve("book.jsonl"), port, SandboxPace.DEFAULT);
        hub = Hub.start(settings(port, store.next()));
    }

    void run(int rows) throws Exception {
        JsonNode batch =
                send("POST", "/v1/batches?source=acme&dryRun=true&name=sheet.csv", Files.readString(sheet(rows)));
        String self = "/v1/batches/" + batch.path("id").asText();
        watch("looked at", self, rows, "checked");
        send("POST", self + "/commit", "{\"rows\": \"all\"}");
        watch("taken in", self, rows, "done");
    }

    /** Looks at pages, one after the other, until the batch is so far. */
    private void watch(String what, String self, int rows, String until) throws Exception {
        String page = self.replace("/v1/batches/", "/upload/");
        Spread own = new Spread();
        Spread orders = new Spread();
        Spread today = new Spread();
        long start = System.nanoTime();
        JsonNode batch = send("GET", self, "");
        while (!batch.path("state").asText().equals(until)) {
            if (batch.path("state").asText().equals("failed")) {
                throw new IllegalStateException(batch.toString());
            }
            look(page, own);
            look("/orders", orders);
            look("/", today);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            batch = send("GET", self, "");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        look(page, own);
        Purchases.say("%s: %,d rows %s in %.0f s, %.0f a second", store.kind, rows, what, seconds, rows / seconds);
        Purchases.say("  pages meanwhile: its own %s; orders %s; today %s", own, orders, today);
    }

    private void look(String path, Spread spread) throws IOException, InterruptedException {
        long start = System.nanoTime();
        send("GET", path, "");
        spread.add(System.nanoTime() - start);
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(hub.address() + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + new String(answer.body()));
        }
        return path.startsWith("/v1/") ? JSON.readTree(answer.body()) : JSON.nullNode();
    }

    private Path sheet(int rows) throws IOException {
        String[] sample = Files.readString(Path.of("mappings/acme-orders/two-lines.csv"))
                .replace("\r", "")
                .split("\n");
        StringBuilder sheet = new StringBuilder(sample[0]).append('\n');
        for (int n = 0; n < rows; n++) {
            sheet.append(sample[1].replace("SO-1001", "SO-" + n)).append('\n');
        }
        return Files.writeString(folder.resolve("sheet.csv"), sheet);
    }

    private Settings settings(int port, Database database) throws IOException {
        return HubSettings.of(database, folder, HubSettings.account(port, 16), HubSettings.DEPOT, """
                source.acme.mapping=acme-orders
                source.acme.namespace=acme
                """);
    }

    @Override
    public void close() throws IOException {
        hub.close();
        carrier.close();
    }
}
