package io.waybill.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.waybill.problem.Code;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * While no key exists, whoever sits at this machine may do everything. So a request must truly come from here: not over
 * a proxy, not from a web page that a browser here shows, not through a name that was pointed at 127.0.0.1.
 */
final class Local {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    static final List<String> LEFT_BY_PROXIES = List.of("Forwarded", "X-Forwarded-For", "Via");

    private Local() {}

    /** Why this request is not from here; empty when it is. */
    static Optional<Code> refusal(HttpServerRequest request) {
        if (LEFT_BY_PROXIES.stream().anyMatch(request.headers()::contains) || !isFromHere(request)) {
            return Optional.of(ApiCode.PROXY_WITHOUT_KEYS);
        }
        HostAndPort asked = request.authority();
        if (asked == null || !NAMES.contains(asked.host().toLowerCase(Locale.ROOT))) {
            return Optional.of(ApiCode.HOST_REFUSED);
        }
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        boolean ownPage = origin == null || isSame(origin, asked);
        boolean ownSite = site == null || site.equals("same-origin") || site.equals("none");
        return ownPage && ownSite ? Optional.empty() : Optional.of(ApiCode.ORIGIN_REFUSED);
    }

    private static boolean isFromHere(HttpServerRequest request) {
        String peer = request.connection().remoteAddress().hostAddress();
        try {
            return peer != null && InetAddress.getByName(peer).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSame(String origin, HostAndPort asked) {
        return origin.equalsIgnoreCase("http://" + asked) || origin.equalsIgnoreCase("https://" + asked);
    }
}
