package io.waybill.api;

import io.waybill.access.Caller;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The same calls without a server: for commands that opened the database themselves, because no hub runs on it. */
public record InProcess(List<Resource> resources, Caller caller) {

    /** @param path under the base, with its query */
    public Answer call(String verb, String path, byte[] body, Locale language) {
        URI uri = URI.create(path);
        for (Resource resource : resources) {
            Map<String, String> parameters = new HashMap<>();
            if (resource.verb().equals(verb) && fits(resource.path(), uri.getPath(), parameters)) {
                Request request = new Request(
                        "command",
                        caller,
                        verb,
                        uri.getPath(),
                        parameters,
                        query(uri),
                        Map.of(),
                        body,
                        language,
                        "localhost");
                return RestRoutes.handled(resource.scope(), resource.handler(), request);
            }
        }
        throw new IllegalArgumentException("no resource for " + verb + " " + path);
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Stream.ofNullable(uri.getRawQuery())
                .flatMap(text -> Arrays.stream(text.split("&", -1)))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> query.putIfAbsent(decoded(pair[0]), pair.length < 2 ? "" : decoded(pair[1])));
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static boolean fits(String pattern, String path, Map<String, String> parameters) {
        String[] wanted = pattern.split("/");
        String[] given = path.split("/");
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                parameters.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return false;
            }
        }
        return true;
    }
}
