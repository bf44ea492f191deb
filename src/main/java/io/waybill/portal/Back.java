package io.waybill.portal;

import io.waybill.api.Request;
import java.util.Map;
import java.util.TreeMap;

/** The page an act was asked for from, looked at again in the same breath. */
final class Back {
    private Back() {}

    static Request to(String address, Request from) {
        int mark = address.indexOf('?');
        Map<String, String> query = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (mark >= 0) {
            for (String pair : address.substring(mark + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(Form.decoded(pair.substring(0, equals)), Form.decoded(pair.substring(equals + 1)));
                }
            }
        }
        return new Request(
                from.id(),
                from.caller(),
                "GET",
                mark < 0 ? address : address.substring(0, mark),
                Map.of(),
                query,
                Map.of(),
                from.headers(),
                new byte[0],
                null,
                from.language(),
                from.host(),
                from.address());
    }
}
