package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.Authorization.Grant;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.GuardedHosts;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import io.waybill.text.UrlPart;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

    /** {@code rel="next"} of RFC 8288. */
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>[^,]*rel=\"?next\"?");

    private final String name;
    private final ObjectNode facts;
    private final CarrierHttp http;
    private final Authorization login;
    private final Pace pace;
    private final SystemReplies replies;

    private HttpSystem(String name, ObjectNode facts, CarrierHttp http, Authorization login, Pace pace) {
        this.name = name;
        this.facts = facts;
        this.http = http;
        this.login = login;
        this.pace = pace;
        this.replies = new SystemReplies(name);
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
        return new HttpSystem(
                name,
                facts(system.section("facts")),
                new CarrierHttp(URI.create(url), CONNECT, ANSWER, hosts),
                SystemLogin.read(system, tokens),
                new Pace(perSecond));
    }

    private static ObjectNode facts(Section said) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        said.keys().forEach(key -> facts.put(key, said.get(key, "")));
        return facts;
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
        if (SystemReplies.isShutOut(answer)) {
            answer = send(method, sent, bytes);
        }
        Answer.Read read = replies.answered(answer);
        return new Said(replies.body(read), next(read));
    }

    private static String encoded(String path) {
        return NO_URL.matcher(path).replaceAll(found -> UrlPart.of(found.group()));
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
        pace.await();
        Answer answer = http.send(method, path, headers, body);
        if (SystemReplies.isShutOut(answer)) {
            login.refused(granted);
        }
        return answer;
    }

    /** The next page, when it is of this system. */
    private @Nullable String next(Answer.Read read) {
        return read.headers().allValues("Link").stream()
                .flatMap(header -> NEXT.matcher(header).results())
                .map(found -> http.below(found.group(1)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }
}
