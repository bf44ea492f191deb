package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.text.UrlPart;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Addresses, written so that no value can leave its place. */
final class Address {
    private Address() {}

    static String part(String text) {
        return UrlPart.of(text);
    }

    /** A path with its query, without what was said once about an act. */
    static String of(String path, Map<String, String> query) {
        Map<String, String> kept = new TreeMap<>(query);
        kept.remove("done");
        kept.values().removeIf(String::isBlank);
        return kept.isEmpty() ? path : path + "?" + query(kept);
    }

    /** Where all of a list is, whichever page of it is shown. */
    static String whole(String path, Map<String, String> query) {
        Map<String, String> kept = new TreeMap<>(query);
        kept.remove("cursor");
        return of(path, kept);
    }

    /** The page of a list after the one that was found; empty after the last. */
    static String next(String path, Map<String, String> query, JsonNode found) {
        String cursor = found.path("next").asText("");
        if (cursor.isEmpty()) {
            return "";
        }
        Map<String, String> more = new TreeMap<>(query);
        more.put("cursor", cursor);
        return of(path, more);
    }

    private static String query(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> part(entry.getKey()) + "=" + part(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The path, with its query, of an address at this host; {@code /} for any other. */
    static String here(String address, String host) {
        String rest = address.replaceFirst("^https?://", "");
        return !host.isEmpty() && rest.startsWith(host + "/") ? own(rest.substring(host.length())) : "/";
    }

    /** A path of ours to go back to; {@code /} for anything else. */
    static String own(String asked) {
        return asked.startsWith("/")
                        && !asked.startsWith("//")
                        && asked.matches("[\\x21-\\x7e]+")
                        && !asked.contains("\\")
                ? asked
                : "/";
    }
}
