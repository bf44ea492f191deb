package io.waybill;

import java.util.List;

/** What nobody should send, by the place where it is sent. */
final class TwistWords {
    static final String LONG = "x".repeat(3000);

    /** In a query, as they stand in an address. */
    static final List<String> WORDS = List.of(
            "",
            "%20",
            "zz",
            "7",
            "-1",
            "1e3",
            "0x1",
            "1.5",
            "99999999999999999999",
            LONG,
            "%E9%A9%AC",
            "%00",
            "%FF",
            "%ED%A0%80",
            "%01",
            "%0A",
            "%27%3B--",
            "%25",
            "%5B%5D",
            "%7B%7D",
            "null",
            "true",
            "TRUE",
            "%EF%BC%91",
            "2026-02-30",
            "2026-11-24T08:00:00",
            "2026-11-24T25:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "*",
            "_",
            "%2E.%2F..%2Fetc");

    /** In a path, as they stand in an address. */
    static final List<String> IDS = List.of(
            "x",
            "%20",
            "%00",
            "%FF",
            "%ED%A0%80",
            "%E9%A9%AC",
            "%0A",
            "%01",
            "a%2Fb",
            ";a=b",
            "*",
            "-1",
            "99999999999999999999",
            LONG,
            "%27",
            "null",
            "%25",
            "%7B%7D");

    /** By name and value. */
    static final List<List<String>> HEADERS = List.of(
            List.of("Accept", "application/xml"),
            List.of("Accept", ""),
            List.of("Accept", "text/html"),
            List.of("Accept", "*/*;q=0"),
            List.of("Accept", LONG),
            List.of("Content-Type", "application/xml"),
            List.of("Content-Type", ""),
            List.of("Content-Type", "application/json; charset=iso-8859-1"),
            List.of("Content-Type", "text/csv; charset=nope"),
            List.of("Content-Type", ";;;"),
            List.of("Content-Type", "multipart/form-data"),
            List.of("Content-Encoding", "gzip"),
            List.of("Content-Encoding", ""),
            List.of("If-Match", "x"),
            List.of("If-Match", "\"99\""),
            List.of("If-Match", "W/\"1\""),
            List.of("If-Match", ""),
            List.of("If-None-Match", "*"),
            List.of("Idempotency-Key", "k".repeat(300)),
            List.of("Idempotency-Key", ""),
            List.of("Idempotency-Key", "\u00e9\u00e8"),
            List.of("Prefer", "wait=-1"),
            List.of("Prefer", "wait=\"\""),
            List.of("Prefer", LONG),
            List.of("Accept-Language", "zh;q=nan"),
            List.of("Range", "bytes=0-1"),
            List.of("X-HTTP-Method-Override", "DELETE"),
            List.of("CamelHttpUri", "http://127.0.0.1:1/"));

    /** Bodies of which none is an object. */
    static final List<String> NO_OBJECTS = List.of(
            "[]",
            "\"x\"",
            "7",
            "true",
            "{",
            "{\"a\":",
            "[".repeat(3000),
            "{\"a\":".repeat(3000),
            "nonsense",
            "{} {}",
            "{\"a\":NaN}",
            "{'a':1}",
            "<a/>",
            "\u0000",
            "{\"a\":1,\"a\":2}",
            "%",
            "a=b",
            "\"" + "x".repeat(100_000) + "\"");

    /** Bodies of fields that nobody knows. */
    static final List<String> UNKNOWN =
            List.of("{\"\":1}", "{\"colour\":\"red\"}", "{\"\\u0000\":1}", "{\"\\ud800\":1}");

    private TwistWords() {}
}
