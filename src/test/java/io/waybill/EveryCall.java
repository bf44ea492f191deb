package io.waybill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every call of a running hub by its contract, and the examples of each, sent with any key. */
final class EveryCall {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final PortalHub portal;

    /** What examples keep of their answers, by name. */
    final Map<String, String> kept = new HashMap<>();

    private final JsonNode document;

    EveryCall(PortalHub portal) throws Exception {
        this.portal = portal;
        this.document = Json.mapper()
                .readTree(portal.hub
                        .send("/openapi.json", "Accept-Language", "en")
                        .body());
        kept.put("WAYBILL", portal.address().toString());
        kept.put("WAYBILL_KEY", portal.admin);
    }

    /** One of them, its path as the contract spells it. */
    record Call(String verb, String path, JsonNode told) {
        /** All of these: {@code orders:write, labels:buy}. */
        List<String> scopes() {
            return List.of(told.path("x-scope").asText().split(", "));
        }

        JsonNode examples() {
            return told.path("x-codeSamples");
        }
    }

    /** What an example sends, beside its key. */
    record Sent(String verb, String path, String body) {}

    JsonNode document() {
        return document;
    }

    /** Those that need a key. */
    List<Call> calls() {
        List<Call> calls = told();
        calls.removeIf(call -> call.told().path("x-scope").asText().isEmpty());
        return calls;
    }

    /** In the order their examples may be made in. */
    List<Call> told() {
        List<Call> calls = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(call -> calls.add(
                                new Call(call.getKey().toUpperCase(Locale.ROOT), path.getKey(), call.getValue()))));
        calls.sort(Comparator.comparingInt(call -> call.told().path("x-order").asInt()));
        return calls;
    }

    Sent sent(JsonNode example) {
        List<String> words = ShellWords.of(example.path("source").asText(), kept);
        String verb = "GET";
        String body = "";
        String path = "";
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-X" -> verb = words.get(++i);
                case "--data-binary" -> body = words.get(++i);
                case "-H" -> i++;
                default ->
                    path = words.get(i).substring(portal.address().toString().length());
            }
        }
        return new Sent(verb, path, body);
    }

    HttpResponse<String> send(String key, Sent sent) throws Exception {
        return send(key, sent.verb(), sent.path(), sent.body());
    }

    HttpResponse<String> send(String key, String verb, String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(portal.address() + path))
                        .headers("Authorization", "Bearer " + key, "Accept-Language", "en", "Prefer", "wait=60")
                        .method(verb, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** A key made by this wish; its secret. */
    String key(ObjectNode wish) throws Exception {
        String made =
                send(portal.admin, "POST", "/v1/admin/keys", wish.toString()).body();
        return Json.mapper().readTree(made).path("secret").asText();
    }

    /** An admin of one namespace. */
    String admin(String name, String namespace) throws Exception {
        ObjectNode wish = Json.mapper().createObjectNode().put("name", name).put("role", "admin");
        wish.putArray("namespaces").add(namespace);
        return key(wish);
    }
}
