package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import io.waybill.api.InProcess;
import io.waybill.api.Request;
import io.waybill.api.Resource;
import io.waybill.order.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The hub's calls, as a visitor may make them: what REST would answer to the same key. */
final class Calls {
    private static final int REFUSED = 400;
    private static final int ACCEPTED = 202;

    /** Long enough for most labels, so that the page that follows shows one; all calls of one visit share it. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final InProcess hub;
    private final IntakeDoor door;
    private final Locale language;
    private final long since = System.nanoTime();

    Calls(List<Resource> calls, Request request) {
        this(calls, IntakeDoor.OPEN, request);
    }

    /** @param door what calls that bring orders go through */
    Calls(List<Resource> calls, IntakeDoor door, Request request) {
        this.hub = new InProcess(calls, request.caller(), request.host());
        this.door = door;
        this.language = request.language();
    }

    /** @throws Refused with the problem the call was answered with */
    JsonNode get(String path) {
        return read(raw(path));
    }

    /** {@link #get}, or nothing where the visitor may not look. */
    JsonNode lookAt(String path) {
        try {
            return get(path);
        } catch (Refused e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    /**
     * A file, as it is.
     *
     * @throws Refused with the problem the call was answered with
     */
    Answer raw(String path) {
        return whole(hub.call("get", path, new byte[0], language));
    }

    /** @throws Refused with the problem the call was answered with */
    JsonNode send(String verb, String path, JsonNode body) {
        return read(answer(verb, path, body.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /**
     * {@link #send}, and whether what it asks for is done by now; if not, it is under way.
     *
     * @throws Refused with the problem the call was answered with
     */
    boolean isDone(String verb, String path, JsonNode body) {
        return answer(verb, path, body.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .status()
                != ACCEPTED;
    }

    /**
     * {@link #send} with a header.
     *
     * @throws Refused with the problem the call was answered with
     */
    JsonNode send(String verb, String path, JsonNode body, String header, String value) {
        Map<String, String> headers = new TreeMap<>(patient());
        headers.put(header, value);
        byte[] bytes = body.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return read(whole(hub.call(verb, path, bytes, headers, language)));
    }

    /**
     * An act that needs no more than its path.
     *
     * @throws Refused with the problem the call was answered with
     */
    JsonNode post(String path) {
        return read(answer("post", path, new byte[0]));
    }

    /** @throws Refused with the problem the call was answered with */
    JsonNode sendBytes(String path, byte[] body) {
        return read(answer("post", path, body));
    }

    /** @throws Refused with the problem the call was answered with */
    JsonNode upload(String path, Path file) {
        pass("post", path);
        return read(whole(hub.upload(path, file, language)));
    }

    private void pass(String verb, String path) {
        if (verb.equals("post")) {
            door.pass(path, hub.caller(), language);
        }
    }

    private Answer answer(String verb, String path, byte[] body) {
        pass(verb, path);
        return whole(hub.call(verb, path, body, patient(), language));
    }

    /** What of it is left, in seconds begun. */
    private Map<String, String> patient() {
        Duration left = PATIENCE.minusNanos(System.nanoTime() - since);
        return Map.of("Prefer", "wait=" + Math.max(0, left.plusMillis(999).toSeconds()));
    }

    private Answer whole(Answer answer) {
        if (answer.status() >= REFUSED) {
            throw new Refused(answer.status(), refusal(answer));
        }
        return answer;
    }

    /** With the page of the order that stands in the way, where the answer names one. */
    private static JsonNode refusal(Answer answer) {
        JsonNode problem = read(answer);
        String order = answer.headers().getOrDefault("Location", "");
        if (order.startsWith("/v1/orders/") && problem.path("errors").path(0) instanceof ObjectNode first) {
            first.put("order", order.substring("/v1".length()));
        }
        return problem;
    }

    private static JsonNode read(Answer answer) {
        try {
            return answer.body().length == 0
                    ? JsonNodeFactory.instance.missingNode()
                    : Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
