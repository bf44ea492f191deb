package io.waybill.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** People who type or follow an address: they are answered with a page where a program is answered with JSON. */
final class Browsers {
    private Browsers() {}

    /** Whether a page is wanted: read, as {@code text/html}, and by no address of the interface. */
    static boolean ask(RoutingContext context) {
        return context.request().method().equals(HttpMethod.GET) && read(context);
    }

    /** Whether what is answered is read by a person, who may have sent a form. */
    static boolean read(RoutingContext context) {
        String path = path(context);
        return takesPages(context.request().getHeader("Accept"))
                && !path.equals("/v1")
                && !path.startsWith("/v1/")
                && !path.startsWith("/hooks/");
    }

    /** As it came where it cannot be read. */
    private static String path(RoutingContext context) {
        try {
            return context.normalizedPath();
        } catch (IllegalArgumentException unreadable) {
            return String.valueOf(context.request().path());
        }
    }

    private static boolean takesPages(@Nullable String accept) {
        return accept != null
                && Stream.of(accept.toLowerCase(Locale.ROOT).split(",", -1))
                        .anyMatch(range -> range.strip().startsWith("text/html"));
    }
}
