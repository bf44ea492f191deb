package io.waybill.carrier.declared;

import io.waybill.mapping.Faults;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Nearest;
import io.waybill.mapping.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code auth}. */
final class AuthReader {
    private static final Map<String, List<String>> KEYS = Map.of(
            "none", List.of(),
            "basic", List.of("user", "password"),
            "bearer", List.of("token"),
            "header", List.of("headers"),
            "oauth2", List.of("path", "id", "secret", "scope", "in"),
            "token", List.of("path", "body", "send", "token", "expires", "headers"),
            "hmac", List.of("secret", "algorithm", "sign", "encoding", "headers", "query", "timestamp"),
            "md5-sorted", List.of("secret", "encoding", "headers", "query", "unsigned", "timestamp"));
    private static final List<String> SIGNING = List.of("method", "path", "query", "body", "timestamp", "signature");

    private static final Pattern PATH =
            Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)+([?][A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?");

    private final Faults faults;
    private final Map<String, String> settings;

    AuthReader(Faults faults, Map<String, String> settings) {
        this.faults = faults;
        this.settings = settings;
    }

    AuthSpec read(@Nullable Yaml auth) {
        if (auth == null) {
            faults.add(1, MappingCode.MISSING_KEY, "key", "auth");
            return new AuthSpec.None();
        }
        if (auth.is("none")) {
            return new AuthSpec.None();
        }
        Map<String, Yaml> keys = auth.entries(faults);
        String kind = keys.containsKey("kind") ? keys.get("kind").text() : "";
        List<String> legal = KEYS.get(kind);
        if (legal == null) {
            faults.bad(
                    keys.getOrDefault("kind", auth),
                    "kind",
                    String.join(" | ", KEYS.keySet().stream().sorted().toList()));
            return new AuthSpec.None();
        }
        List<String> known = new ArrayList<>(legal);
        known.add("kind");
        faults.only(keys, known, MappingCode.UNKNOWN_KEY);
        return switch (kind) {
            case "basic" -> new AuthSpec.Basic(setting(auth, keys, "user"), setting(auth, keys, "password"));
            case "bearer" -> new AuthSpec.Bearer(setting(auth, keys, "token"));
            case "header" -> header(auth, keys);
            case "oauth2" ->
                new AuthSpec.OAuth(
                        path(auth, keys),
                        setting(auth, keys, "id"),
                        setting(auth, keys, "secret"),
                        keys.containsKey("scope") ? keys.get("scope").text() : "",
                        faults.word(keys.get("in"), "in", List.of("basic", "form"))
                                .equals("form"));
            case "token" -> token(auth, keys);
            case "hmac" ->
                signed(
                        auth,
                        keys,
                        faults.word(
                                keys.get("algorithm"),
                                "algorithm",
                                List.of("HmacSHA256", "HmacSHA512", "HmacSHA1", "HmacMD5")));
            case "md5-sorted" -> signed(auth, keys, "MD5");
            default -> new AuthSpec.None();
        };
    }

    private AuthSpec header(Yaml auth, Map<String, Yaml> keys) {
        if (!keys.containsKey("headers")) {
            faults.add(auth.line(), MappingCode.MISSING_KEY, "key", "headers");
        }
        return new AuthSpec.Header(headers(keys, List.of()));
    }

    private AuthSpec token(Yaml auth, Map<String, Yaml> keys) {
        Map<String, Template> headers = headers(keys, List.of("token"));
        Map.Entry<String, Template> header = headers.isEmpty()
                ? Map.entry("Authorization", new Template("Bearer {token}"))
                : headers.entrySet().iterator().next();
        if (headers.size() > 1 || !header.getValue().words().contains("token")) {
            faults.bad(keys.getOrDefault("headers", auth), "headers", "one header with {token} in it");
        }
        return new AuthSpec.Token(
                path(auth, keys),
                faults.word(keys.get("body"), "body", List.of("json", "form")).equals("json"),
                templates(keys.get("send"), List.of()),
                steps(auth, keys, "token"),
                keys.containsKey("expires") ? steps(auth, keys, "expires") : List.of(),
                header.getKey(),
                header.getValue());
    }

    /** Where something stands in an answer. */
    private List<String> steps(Yaml auth, Map<String, Yaml> keys, String key) {
        String path = text(auth, keys, key).replaceAll("\\[0](?=\\.|$)", "");
        Yaml at = keys.get(key);
        if (at != null && !path.matches("[\\w-]+(\\.[\\w-]+){0,15}")) {
            faults.add(at.line(), MappingCode.BAD_PATH, "path", at.text());
        }
        return List.of(path.split("\\."));
    }

    private AuthSpec signed(Yaml auth, Map<String, Yaml> keys, String algorithm) {
        boolean sorted = algorithm.equals("MD5");
        Yaml unsigned = keys.get("unsigned");
        Map<String, Template> headers = headers(keys, SIGNING);
        Map<String, Template> query = templates(keys.get("query"), SIGNING);
        if (Stream.concat(headers.values().stream(), query.values().stream())
                .noneMatch(template -> template.words().contains("signature"))) {
            faults.bad(keys.getOrDefault("headers", auth), "headers", "{signature} in one of them, or in query");
        }
        return new AuthSpec.Signed(
                algorithm,
                setting(auth, keys, "secret"),
                sorted ? new Template("") : template(auth, keys, "sign"),
                faults.word(keys.get("encoding"), "encoding", List.of("hex", "HEX", "base64")),
                headers,
                query,
                unsigned == null ? List.of() : unsigned.texts(),
                faults.word(keys.get("timestamp"), "timestamp", List.of("milliseconds", "seconds"))
                        .equals("seconds"));
    }

    /** Where a token is asked for: below the carrier's address, and never beside it. */
    private String path(Yaml auth, Map<String, Yaml> keys) {
        String path = text(auth, keys, "path");
        Yaml at = keys.get("path");
        if (at != null && !(PATH.matcher(path).matches() && !path.contains(".."))) {
            faults.bad(at, "path", "/oauth/token");
        }
        return path;
    }

    private Map<String, Template> headers(Map<String, Yaml> keys, List<String> places) {
        Map<String, Template> headers = templates(keys.get("headers"), places);
        OperationCheck.headers(faults, keys.get("headers"), headers.keySet());
        return headers;
    }

    private Template template(Yaml auth, Map<String, Yaml> keys, String key) {
        Yaml at = keys.get(key);
        Template template = new Template(text(auth, keys, key));
        if (at != null) {
            Places.check(faults, at, template, SIGNING, settings);
        }
        return template;
    }

    /** Headers or parameters, secrets among them. */
    private Map<String, Template> templates(@Nullable Yaml spec, List<String> places) {
        Map<String, Template> templates = new LinkedHashMap<>();
        if (spec != null) {
            spec.entries(faults).forEach((name, at) -> {
                Template template = new Template(faults.text(at, name));
                Places.check(faults, at, template, places, settings);
                templates.put(name, template);
            });
        }
        return templates;
    }

    private String text(Yaml auth, Map<String, Yaml> keys, String key) {
        Yaml at = keys.get(key);
        if (at == null) {
            faults.add(auth.line(), MappingCode.MISSING_KEY, "key", key);
            return "";
        }
        return faults.text(at, key);
    }

    /** The name of a setting of the account. */
    private String setting(Yaml auth, Map<String, Yaml> keys, String key) {
        String name = text(auth, keys, key);
        Yaml at = keys.get(key);
        if (at != null && !settings.containsKey(name)) {
            faults.add(
                    at.line(),
                    DeclaredCode.DECLARED_PLACE_UNKNOWN,
                    "place",
                    name,
                    "nearest",
                    Nearest.to(name, settings.keySet()));
        }
        return name;
    }
}
