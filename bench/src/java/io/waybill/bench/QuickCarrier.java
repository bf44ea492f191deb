package io.waybill.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks as the sandbox carrier does, sells everything at once and remembers only how much: a label of {@link SteadyCarrier#LABEL} bytes, two charges. */
final class QuickCarrier implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final String paper = paper();
    private final AtomicInteger sold = new AtomicInteger();
    private final HttpServer server;

    QuickCarrier() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    int port() {
        return server.actualPort();
    }

    int sold() {
        return sold.get();
    }

    private void answer(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST) || !request.path().equals("/v1/shipments")) {
            request.response().setStatusCode(404).end("{\"errors\":[{\"code\":\"not_found\",\"message\":\"\"}]}");
            return;
        }
        request.bodyHandler(body -> request.response()
                .putHeader("Content-Type", "application/json")
                .setStatusCode(201)
                .end(sale(body)));
    }

    private String sale(Buffer body) {
        int number = 100_000_000 + sold.incrementAndGet();
        return """
            {"id": "Q%1$d", "reference": "%2$s", "parcels": [{"parcel": 1, "trackingNumber": "T%1$d"}],
             "price": {"total": "8.00", "currency": "USD", "parts": [
               {"code": "BASE", "amount": "7.42", "text": "Base price"}, {"code": "FUEL", "amount": "0.58", "text": "Fuel"}]},
             "label": {"status": "ready", "documents": [{"parcel": 1, "format": "PDF", "size": "4x6", "content": "%3$s"}]}}\
            """.formatted(number, new JsonObject(body).getString("reference"), paper);
    }

    private static String paper() {
        byte[] bytes = new byte[SteadyCarrier.LABEL];
        new Random(1).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
