package io.waybill.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** An order comes in by REST and leaves as a label. */
final class RestAct implements Act {
    /** How a file of each format begins. */
    private static final Map<String, String> BEGINNINGS =
            new TreeMap<>(Map.of("PDF", "%PDF-", "PNG", "\u0089PNG", "ZPL", "^XA"));

    @Override
    public String name() {
        return "rest";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        stage.say("rest.post", "orderId", Stage.THREAD);
        Reply reply = stage.thread();
        JsonNode order = reply.json();
        stage.fact(
                reply.status() == 201,
                "rest.answer",
                "status",
                reply.status(),
                "id",
                order.path("id").asText());
        String number = Stage.trackingNumber(order);
        stage.fact(!number.isEmpty(), "rest.tracking", "number", number);
        for (var format : BEGINNINGS.entrySet()) {
            Path file = stage.saveLabel(order, format.getKey());
            byte[] bytes = Files.readAllBytes(file);
            boolean real = new String(bytes, StandardCharsets.ISO_8859_1).startsWith(format.getValue());
            stage.fact(real, "rest.label", "format", format.getKey(), "file", file, "size", bytes.length);
        }
        for (JsonNode charge : order.at("/shipments/0/charges")) {
            stage.quote(String.format(
                    "%-16s %8s %s",
                    charge.path("type").asText(),
                    charge.path("amount").asText(),
                    charge.path("currency").asText()));
        }
        stage.fact(!Stage.total(order).isEmpty(), "rest.total", "total", Stage.total(order));
    }
}
