package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Tokens;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a system is told who calls: {@code system.<name>.auth} and the keys that go with it. Secrets are references. */
final class SystemLogin {
    private static final String WORDS = "none, basic, bearer, header, oauth, oauth1, hmac, session";
    /** What stands in the reason where a session was refused. */
    static final String REFUSED = "AccessDenied";

    private static final Duration SESSION = Duration.ofHours(1);
    private static final Duration UNSAID = Duration.ofMinutes(10);

    private SystemLogin() {}

    /**
     * @param tokens where {@code oauth} asks for its token
     * @throws ProblemException {@code missing-setting}, {@code bad-setting}, and what is wrong with a secret
     */
    static Authorization read(Section system, CarrierHttp tokens) {
        String word = system.get("auth", "none");
        return switch (word) {
            case "none" -> Authorization.fixed(Map.of());
            case "basic" -> Authorization.basic(system.required("user"), secret(system, "password"));
            case "bearer" -> Authorization.fixed(Map.of("Authorization", "Bearer " + secret(system, "token")));
            case "header" -> Authorization.fixed(Map.of(system.required("header"), secret(system, "token")));
            case "oauth" -> oauth(system, tokens);
            case "oauth1" -> oauth1(system);
            case "session" -> session(system, tokens);
            case "hmac" -> hmac(system.required("header"), secret(system, "token"));
            default -> throw system.bad("auth", word, WORDS);
        };
    }

    private static String secret(Section system, String key) {
        system.required(key);
        return system.secret(key).orElse("");
    }

    /** Client credentials (RFC 6749, 4.4); the token goes where {@code header} says, without it as a bearer. */
    private static Authorization oauth(Section system, CarrierHttp tokens) {
        Map<String, String> form = new TreeMap<>(Map.of(
                "grant_type", "client_credentials",
                "client_id", system.required("clientId"),
                "client_secret", secret(system, "clientSecret")));
        system.optional("scope").ifPresent(scope -> form.put("scope", scope));
        byte[] body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(UTF_8);
        Map<String, String> headers =
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json");
        String header = system.get("header", "Authorization");
        String before = header.equals("Authorization") ? "Bearer " : "";
        return new Tokens(() -> tokens.post("", headers, body), answer -> token(answer, before), header);
    }

    /** The keys of an integration, as Magento and NetSuite give them. */
    private static Authorization oauth1(Section system) {
        String method = system.get("signature", "HMAC-SHA256");
        if (!OAuth1.knows(method)) {
            throw system.bad("signature", method, OAuth1.METHODS);
        }
        OAuth1.Keys keys = new OAuth1.Keys(
                system.required("consumerKey"),
                secret(system, "consumerSecret"),
                secret(system, "token"),
                secret(system, "tokenSecret"));
        URI base = URI.create(system.required("url").replaceAll("/+$", ""));
        return new OAuth1(base, method, keys, system.get("realm", ""));
    }

    private static Tokens.Token token(Answer.Read answer, String before) {
        Reply json = Reply.of(answer.body());
        String seconds = json.text("expires_in");
        return new Tokens.Token(
                before + json.required("access_token"),
                seconds.isEmpty() ? UNSAID : Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** A session of JSON-RPC, as Odoo opens it: user and password are posted once, a cookie goes with every call. */
    private static Authorization session(Section system, CarrierHttp http) {
        ObjectNode login = JsonNodeFactory.instance.objectNode();
        login.put("jsonrpc", "2.0").put("method", "call");
        login.putObject("params")
                .put("db", system.required("database"))
                .put("login", system.required("user"))
                .put("password", secret(system, "password"));
        byte[] body = login.toString().getBytes(UTF_8);
        String path = system.get("loginPath", "/web/session/authenticate");
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Accept", "application/json");
        return new Tokens(() -> http.post(path, headers, body), SystemLogin::cookie, "Cookie");
    }

    /** Who is not let in is answered with 200 and an error, or with nobody's session. */
    private static Tokens.Token cookie(Answer.Read answer) {
        boolean open = !Reply.of(answer.body()).text("result", "uid").isEmpty();
        String cookie = answer.headers().allValues("Set-Cookie").stream()
                .map(set -> set.split(";", 2)[0])
                .collect(Collectors.joining("; "));
        if (!open || cookie.isEmpty()) {
            throw new IllegalStateException(REFUSED);
        }
        return new Tokens.Token(cookie, SESSION);
    }

    /** HMAC-SHA256 in hex of the body, of the path where there is none. */
    private static Authorization hmac(String header, String secret) {
        return call -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
                byte[] signed = call.body().length == 0 ? call.path().getBytes(UTF_8) : call.body();
                String signature = HexFormat.of().formatHex(mac.doFinal(signed));
                return new Authorization.Grant.Headers(Map.of(header, signature));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
