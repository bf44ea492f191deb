package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Reply;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.text.Shortened;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What the answers of a system mean, by HTTP and by what GraphQL and JSON-RPC say under status 200.
 *
 * @param name of the system, for what is told of it
 */
record SystemReplies(String name) {
    private static final int LONGEST_WORDS = 300;

    /** A token that is over; a session of JSON-RPC that is over is told with 200. */
    static boolean isShutOut(Answer answer) {
        return answer instanceof Answer.Read read
                && (read.status() == 401 || (read.ok() && faultOf(read).endsWith("SessionExpiredException")));
    }

    private static String faultOf(Answer.Read read) {
        String start = new String(read.body(), 0, Math.min(read.body().length, 20), UTF_8);
        return start.contains("\"jsonrpc\"") ? Reply.of(read.body()).text("error", "data", "name") : "";
    }

    /** @return an answer that says yes */
    Answer.Read answered(Answer answer) throws SystemException {
        if (answer instanceof Answer.NothingSent nothing) {
            boolean locked = nothing.why().matches("no token: (HTTP 4(00|01|03)|.*" + SystemLogin.REFUSED + ").*");
            throw failed(locked ? EdgeCode.SYSTEM_LOCKED : EdgeCode.SYSTEM_AWAY, nothing.why(), nothing.retryAfter());
        }
        if (answer instanceof Answer.Lost lost) {
            throw failed(EdgeCode.SYSTEM_AWAY, lost.why(), Optional.empty());
        }
        Answer.Read read = (Answer.Read) answer;
        String status = status(read);
        if (read.status() == 429) {
            throw failed(EdgeCode.SYSTEM_BUSY, status, read.retryAfter().or(() -> reset(read)));
        }
        if (read.status() == 401 || read.status() == 403) {
            throw failed(EdgeCode.SYSTEM_LOCKED, status, Optional.empty());
        }
        if (read.status() / 100 == 4) {
            throw refused(status, words(new String(read.body(), UTF_8)));
        }
        if (read.status() / 100 == 3) {
            String to = read.headers().firstValue("Location").orElse("").replaceAll("[?#].*", "");
            throw failed(EdgeCode.SYSTEM_ELSEWHERE, words(status + " " + to).strip(), Optional.empty());
        }
        if (!read.ok()) {
            throw failed(EdgeCode.SYSTEM_FAILS, status, read.retryAfter());
        }
        return read;
    }

    /** @return what an answer that says yes has to say; a missing node for nothing */
    JsonNode body(Answer.Read read) throws SystemException {
        JsonNode body = json(read);
        JsonNode errors = errors(body);
        if (errors.toString().contains("\"THROTTLED\"")) {
            throw failed(EdgeCode.SYSTEM_BUSY, "THROTTLED", read.retryAfter().or(() -> restored(body)));
        }
        if (faultOf(read).matches(".*(AccessDenied|AccessError|SessionExpiredException)")) {
            throw failed(EdgeCode.SYSTEM_LOCKED, words(errors.toString()), Optional.empty());
        }
        if (!errors.isEmpty()) {
            throw refused(status(read), words(errors.toString()));
        }
        return body;
    }

    private JsonNode json(Answer.Read read) throws SystemException {
        if (read.body().length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return Json.mapper().readTree(read.body());
        } catch (IOException e) {
            throw failed(EdgeCode.SYSTEM_FAILS, status(read) + ", not JSON", Optional.empty());
        }
    }

    /** GraphQL answers 200 to what it refuses: {@code errors}, and {@code userErrors} of what was asked; JSON-RPC has one {@code error}. */
    private static JsonNode errors(JsonNode body) {
        if (body.has("jsonrpc") && body.path("error").has("message")) {
            JsonNode said = body.path("error").at("/data/message");
            return JsonNodeFactory.instance
                    .arrayNode()
                    .add(said.asText(body.path("error").path("message").asText()));
        }
        if (!body.path("errors").isEmpty()) {
            return body.path("errors");
        }
        for (JsonNode asked : body.path("data")) {
            if (!asked.path("userErrors").isEmpty()) {
                return asked.path("userErrors");
            }
        }
        return MissingNode.getInstance();
    }

    /** Shopify says what a query costs, what is left of the budget, and how much comes back in a second. */
    private static Optional<Duration> restored(JsonNode body) {
        JsonNode cost = body.at("/extensions/cost");
        double lacks = cost.path("requestedQueryCost").asDouble()
                - cost.at("/throttleStatus/currentlyAvailable").asDouble();
        double rate = cost.at("/throttleStatus/restoreRate").asDouble();
        return lacks > 0 && rate > 0
                ? Optional.of(Duration.ofMillis((long) Math.ceil(lacks / rate * 1000)))
                : Optional.empty();
    }

    /** BigCommerce says in milliseconds when its window is over. */
    private static Optional<Duration> reset(Answer.Read read) {
        return read.headers()
                .firstValue("X-Rate-Limit-Time-Reset-Ms")
                .filter(said -> said.matches("\\d{1,9}"))
                .map(said -> Duration.ofMillis(Long.parseLong(said)));
    }

    private SystemException failed(EdgeCode code, String why, Optional<Duration> retryAfter) {
        return new SystemException(Problem.of(code, "system", name, "why", why), retryAfter);
    }

    /** The log shows the status alone: what it answered may name people. */
    private SystemException refused(String status, String said) {
        Problem quiet = Problem.of(EdgeCode.SYSTEM_REFUSES, "system", name, "why", status);
        String why = (status + " " + said).strip();
        Problem problem = Problem.of(EdgeCode.SYSTEM_REFUSES, "system", name, "why", why);
        return new SystemException(problem, quiet, Optional.empty());
    }

    private static String status(Answer.Read read) {
        return "HTTP " + read.status();
    }

    private static String words(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return Shortened.openly(LONGEST_WORDS, line);
    }
}
