package io.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.access.Caller;
import io.waybill.problem.Problem;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The same calls without a server: for commands that opened the database themselves, because no hub runs on it, and for pages.
 *
 * @param host as the caller spells it; only for links in an answer
 */
public record InProcess(List<Resource> resources, Caller caller, String host) {
    public InProcess(List<Resource> resources, Caller caller) {
        this(resources, caller, "localhost");
    }

    /** @param path under the base, with its query */
    public Answer call(String verb, String path, byte[] body, Locale language) {
        return call(verb, path, body, null, Map.of(), language);
    }

    /** The same with a file as its body. */
    public Answer upload(String path, Path file, Locale language) {
        return call("post", path, new byte[0], file, Map.of(), language);
    }

    /** The same with headers by their names. */
    public Answer call(String verb, String path, byte[] body, Map<String, String> headers, Locale language) {
        return call(verb, path, body, null, headers, language);
    }

    private Answer call(
            String verb,
            String path,
            byte[] body,
            @Nullable Path upload,
            Map<String, String> headers,
            Locale language) {
        Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(headers);
        sent.put("Accept-Language", language.getLanguage());
        URI uri = URI.create(path);
        for (Resource resource : resources) {
            Map<String, String> parameters = new HashMap<>();
            if (resource.verb().equals(verb) && fits(resource.path(), uri.getRawPath(), parameters)) {
                Request request = new Request(
                        "command",
                        caller,
                        verb,
                        uri.getPath(),
                        parameters,
                        query(uri),
                        Map.of(),
                        sent,
                        body,
                        upload,
                        language,
                        host,
                        "");
                return RestRoutes.handled(resource, request);
            }
        }
        Problem nowhere =
                Problem.of(ApiCode.NO_SUCH_PATH, "method", verb.toUpperCase(Locale.ROOT), "path", uri.getPath());
        return ProblemJson.answer(List.of(nowhere), 404, language);
    }

    /** What the query of an address says, by name. */
    public static Map<String, String> query(URI uri) {
        Map<String, String> values = new HashMap<>();
        String query = uri.getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
        }
        return values;
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
    }

    /** @param path as it is encoded: a slash within a value ends no part of it */
    private static boolean fits(String pattern, String path, Map<String, String> parameters) {
        String[] wanted = pattern.split("/", 0);
        String[] given = path.split("/", 0);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                parameters.put(wanted[i].substring(1, wanted[i].length() - 1), decoded(given[i]));
            } else if (!wanted[i].equals(given[i])) {
                return false;
            }
        }
        return true;
    }
}
