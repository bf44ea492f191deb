package io.waybill.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls one HTTP interface as a customer's program would. */
final class Caller {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;
    private final String[] headers;

    /** @param headers names and values sent with every call */
    Caller(int port, String... headers) {
        this.base = "http://127.0.0.1:" + port;
        this.headers = headers;
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /** Hands a file over. */
    Reply upload(String path, byte[] file) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .headers(headers)
                .POST(BodyPublishers.ofByteArray(file))
                .build();
        var answer = http.send(request, BodyHandlers.ofByteArray());
        return new Reply(answer.statusCode(), answer.headers(), answer.body());
    }

    /** @param more names and values of further headers */
    Reply send(String method, String path, String json, String... more) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .headers(headers)
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (more.length > 0) {
            request.headers(more);
        }
        var answer = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Reply(answer.statusCode(), answer.headers(), answer.body());
    }
}
