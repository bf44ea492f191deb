package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.Authorization.Grant;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.GuardedHosts;
import io.waybill.carrier.Reply;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import io.waybill.text.Shortened;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One system that routes ask and tell in JSON over HTTP: {@code system.<name>.url} and how it wants to be called. One attempt a
 * call; who asks decides when to ask again. Never calls faster than {@code perSecond}. Safe for many threads.
 */
final class HttpSystem {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** Which servers read as the dot it stands for. */
    private static final Pattern DOT = Pattern.compile("%2e", Pattern.CASE_INSENSITIVE);

    private static final Pattern PATH = Pattern.compile("/[^\\p{Cntrl}]*");

    /** What stands for itself in a path with its query; a percent sign only before two hexadecimal digits. */
    private static final Pattern NO_URL = Pattern.compile("%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9/._~%?=&:,+@!$'()*;-]+");

    private static final int LONGEST_WORDS = 300;

    private final String name;
    private final ObjectNode facts = JsonNodeFactory.instance.objectNode();
    private final CarrierHttp http;
    private final Authorization login;
    private final long pause;
    private long next = System.nanoTime();

    private HttpSystem(String name, CarrierHttp http, Authorization login, long pause) {
        this.name = name;
        this.http = http;
        this.login = login;
        this.pause = pause;
    }

    /**
     * Connects to nothing yet.
     *
     * @throws ProblemException on a missing or bad setting; none shows a secret
     */
    static HttpSystem read(Settings settings, String name) {
        Section system = settings.section("system." + name);
        String url = system.required("url").replaceAll("/+$", "");
        GuardedHosts hosts = SinkHosts.of(system, "url", "tokenUrl");
        String tokenUrl = system.get("tokenUrl", url);
        int perSecond = system.number("perSecond", 0);
        if (perSecond < 0) {
            throw system.bad("perSecond", String.valueOf(perSecond), "a whole number, or 0 for no limit");
        }
        CarrierHttp tokens = new CarrierHttp(URI.create(tokenUrl), CONNECT, ANSWER, hosts);
        Section facts = system.section("facts");
        HttpSystem made = new HttpSystem(
                name,
                new CarrierHttp(URI.create(url), CONNECT, ANSWER, hosts),
                SystemLogin.read(system, tokens),
                perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond);
        facts.keys().forEach(key -> made.facts.put(key, facts.get(key, "")));
        return made;
    }

    /** What the settings say of it under {@code facts}, for mappings: a location, a store. */
    ObjectNode facts() {
        return facts;
    }

    /**
     * What it said.
     *
     * @param link where the next page is, a path of this system; null without one
     */
    record Said(JsonNode body, @Nullable String link) {}

    /**
     * One call.
     *
     * @param path below the system's URL, with its query; characters that no URL has, such as blanks, are sent encoded
     * @param body null for none
     * @return what it said, a missing node for nothing
     * @throws SystemException {@code system-away}, {@code system-busy}, {@code system-fails}, {@code system-elsewhere},
     *     {@code system-locked}, {@code system-refuses}
     * @throws ProblemException {@code system-bad-path}; a path out of an order must not lead elsewhere
     */
    Said call(String method, String path, @Nullable JsonNode body) throws SystemException {
        boolean leadsUp = DOT.matcher(path).replaceAll(".").contains("..");
        if (!PATH.matcher(path).matches() || leadsUp || path.startsWith("//")) {
            throw new ProblemException(Problem.of(EdgeCode.SYSTEM_BAD_PATH, "system", name, "path", path));
        }
        byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(UTF_8);
        String sent = encoded(path);
        Answer answer = send(method, sent, bytes);
        if (isShutOut(answer)) {
            answer = send(method, sent, bytes);
        }
        return said(answer);
    }

    private static String encoded(String path) {
        return NO_URL.matcher(path)
                .replaceAll(found -> URLEncoder.encode(found.group(), UTF_8).replace("+", "%20"));
    }

    /** A token that was refused is forgotten, so that a second call gets a new one. */
    private Answer send(String method, String path, byte[] body) {
        Grant grant = login.grant(new Authorization.Call(method, path, body));
        if (!(grant instanceof Grant.Headers granted)) {
            Grant.None none = (Grant.None) grant;
            return new Answer.NothingSent(none.why(), none.retryAfter());
        }
        Map<String, String> headers = new HashMap<>(granted.headers());
        headers.put("Accept", "application/json");
        if (body.length > 0) {
            headers.put("Content-Type", "application/json; charset=UTF-8");
        }
        await();
        Answer answer = http.send(method, path, headers, body);
        if (isShutOut(answer)) {
            login.refused(granted);
        }
        return answer;
    }

    /** A token that is over; a session of JSON-RPC that is over is told with 200. */
    private static boolean isShutOut(Answer answer) {
        return answer instanceof Answer.Read read
                && (read.status() == 401 || (read.ok() && faultOf(read).endsWith("SessionExpiredException")));
    }

    private static String faultOf(Answer.Read read) {
        String start = new String(read.body(), 0, Math.min(read.body().length, 20), UTF_8);
        return start.contains("\"jsonrpc\"") ? Reply.of(read.body()).text("error", "data", "name") : "";
    }

    private void await() {
        long wait;
        synchronized (this) {
            long now = System.nanoTime();
            long mine = next - now < 0 ? now : next;
            next = mine + pause;
            wait = mine - now;
        }
        while (wait > 0) {
            long begun = System.nanoTime();
            LockSupport.parkNanos(wait);
            wait -= System.nanoTime() - begun;
        }
    }

    private Said said(Answer answer) throws SystemException {
        if (answer instanceof Answer.NothingSent nothing) {
            boolean locked = nothing.why().matches("no token: (HTTP 4(00|01|03)|.*" + SystemLogin.REFUSED + ").*");
            throw failed(locked ? EdgeCode.SYSTEM_LOCKED : EdgeCode.SYSTEM_AWAY, nothing.why(), nothing.retryAfter());
        }
        if (answer instanceof Answer.Lost lost) {
            throw failed(EdgeCode.SYSTEM_AWAY, lost.why(), Optional.empty());
        }
        Answer.Read read = (Answer.Read) answer;
        String status = "HTTP " + read.status();
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
        JsonNode body = body(read);
        JsonNode errors = errors(body);
        if (errors.toString().contains("\"THROTTLED\"")) {
            throw failed(EdgeCode.SYSTEM_BUSY, "THROTTLED", read.retryAfter().or(() -> restored(body)));
        }
        if (faultOf(read).matches(".*(AccessDenied|AccessError|SessionExpiredException)")) {
            throw failed(EdgeCode.SYSTEM_LOCKED, words(errors.toString()), Optional.empty());
        }
        if (!errors.isEmpty()) {
            throw refused(status, words(errors.toString()));
        }
        return new Said(body, link(read));
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

    private JsonNode body(Answer.Read read) throws SystemException {
        if (read.body().length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return Json.mapper().readTree(read.body());
        } catch (IOException e) {
            throw failed(EdgeCode.SYSTEM_FAILS, "HTTP " + read.status() + ", not JSON", Optional.empty());
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

    /** {@code rel="next"} of RFC 8288, when it leads to this system. */
    private @Nullable String link(Answer.Read read) {
        return read.headers().allValues("Link").stream()
                .flatMap(header -> Pattern.compile("<([^>]*)>[^,]*rel=\"?next\"?")
                        .matcher(header)
                        .results())
                .map(found -> http.below(found.group(1)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
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

    private static String words(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return Shortened.openly(LONGEST_WORDS, line);
    }
}
