package io.waybill.text;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A value in an address: nothing in it can end its segment of the path, or its place in the query. */
public final class UrlPart {
    private UrlPart() {}

    public static String of(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
