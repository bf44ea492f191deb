package io.waybill.api;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A call as it came over HTTP. */
final class Sent {
    private Sent() {}

    /** Once its caller is known and its body is there. */
    static Request request(RoutingContext context) {
        HttpServerRequest request = context.request();
        Visit visit = Visit.of(context);
        return new Request(
                visit.requestId(),
                visit.caller(),
                request.method().name(),
                context.normalizedPath(),
                Map.copyOf(context.pathParams()),
                first(context.queryParams()),
                twice(context.queryParams()),
                combined(request.headers()),
                visit.body().getBytes(),
                visit.upload(),
                Languages.of(request.getHeader("Accept-Language")),
                request.authority() == null ? "" : request.authority().toString(),
                visit.address());
    }

    private static Map<String, String> first(MultiMap values) {
        Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach(entry -> map.putIfAbsent(entry.getKey(), entry.getValue()));
        return map;
    }

    private static Map<String, List<String>> twice(MultiMap values) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach(entry ->
                all.computeIfAbsent(entry.getKey(), first -> new ArrayList<>()).add(entry.getValue()));
        all.values().removeIf(given -> given.size() == 1);
        return all;
    }

    /** A header that stands in several lines is one list (RFC 9110, 5.3). */
    private static Map<String, String> combined(MultiMap headers) {
        Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.names().forEach(name -> map.put(name, String.join(", ", new LinkedHashSet<>(headers.getAll(name)))));
        return map;
    }
}
