package io.waybill.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What was typed, as one segment of a path. */
final class Segment {
    private Segment() {}

    static String of(String typed) {
        return URLEncoder.encode(typed, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
