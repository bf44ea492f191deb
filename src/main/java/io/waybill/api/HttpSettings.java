package io.waybill.api;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * {@code waybill.http.*}.
 *
 * @param port 0 takes any free one
 * @param workers threads that run resources and Camel routes
 * @param idleTimeout how long a connection stays open between two requests, and while nothing of an answer is taken
 * @param headerTimeout from connecting to the end of the first request's headers
 * @param bodyTimeout from the headers to the end of the body
 * @param maxBody bytes of a body, all but uploads
 * @param maxUpload bytes of a body sent to {@code /v1/batches} or {@code /v1/invoices}, or of a file sent by the upload page
 * @param maxHeld bytes of all requests held at once; a quarter of the memory unless set
 * @param maxConnections open at once; one more is closed
 * @param tls empty serves plain HTTP
 * @param behindProxy a proxy in front does TLS
 */
public record HttpSettings(
        String host,
        int port,
        int workers,
        Duration idleTimeout,
        Duration headerTimeout,
        Duration bodyTimeout,
        int maxHeader,
        int maxBody,
        int maxUpload,
        int maxHeld,
        int maxConnections,
        Optional<Tls> tls,
        boolean behindProxy) {

    /** Files of many orders, by a call or from a page. */
    static final Set<String> SHEETS = Set.of("/v1/batches", "/upload", "/v1/rates/sheets", "/rates");

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Set<String> BILLS = Set.of("/v1/invoices", "/money/invoices");

    /**
     * A certificate chain and its private key, both PEM.
     *
     * @param reload how often the files are looked at for a renewed certificate
     */
    public record Tls(Path certificate, Path key, Duration reload) {}

    /** @param http the section {@code waybill.http} */
    public static HttpSettings read(Section http) {
        HttpSettings settings = new HttpSettings(
                http.get("host", "127.0.0.1"),
                http.number("port", 8080, 0, 65_535),
                http.number("workers", 64, 1, 4_096),
                http.duration("idleTimeout", Duration.ofSeconds(90), SHORTEST),
                http.duration("headerTimeout", Duration.ofSeconds(10), SHORTEST),
                http.duration("bodyTimeout", Duration.ofSeconds(60), SHORTEST),
                http.number("maxHeader", 16 * 1024, 1024, 1024 * 1024),
                http.number("maxBody", 1024 * 1024, 1024, Integer.MAX_VALUE),
                http.number("maxUpload", 64 * 1024 * 1024, 1024, Integer.MAX_VALUE),
                http.number("maxHeld", quarterOfMemory(), 64 * 1024, Integer.MAX_VALUE),
                http.number("maxConnections", 2_000, 1, 1_000_000),
                tls(http),
                http.flag("behindProxy", false));
        http.close();
        return settings;
    }

    /**
     * Refuses to listen where a stranger could speak to the hub unasked, or listen in on a key.
     *
     * @param keyed a key exists
     * @throws ProblemException {@code unsafe-bind}, {@code proxy-needs-keys}
     */
    public void requireSafe(boolean keyed) {
        if (!isLoopback() && (!keyed || (tls.isEmpty() && !behindProxy))) {
            throw new ProblemException(Problem.of(ApiCode.UNSAFE_BIND, "host", host));
        }
        if (behindProxy && !keyed) {
            throw new ProblemException(Problem.of(ApiCode.PROXY_NEEDS_KEYS));
        }
    }

    /**
     * True when only this machine can reach it.
     *
     * @throws ProblemException {@code unsafe-bind} for a host nobody knows
     */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ProblemException(Problem.of(ApiCode.UNSAFE_BIND, "host", host), e);
        }
    }

    int maxBody(String path) {
        return SHEETS.contains(path) || BILLS.contains(path) ? maxUpload : maxBody;
    }

    private static Optional<Tls> tls(Section http) {
        Optional<Path> certificate = file(http, "tls.certificate");
        Optional<Path> key = file(http, "tls.key");
        if (certificate.isPresent() || key.isPresent()) {
            http.required("tls.certificate");
            http.required("tls.key");
        }
        Duration reload = http.duration("tls.reload", Duration.ofMinutes(1), Duration.ofMillis(10));
        return certificate.map(chain -> new Tls(chain, key.orElseThrow(), reload));
    }

    private static Optional<Path> file(Section http, String name) {
        return http.optional(name).map(text -> {
            Path path = Path.of(text);
            if (!Files.isReadable(path)) {
                throw http.bad(name, text, "a PEM file that can be read");
            }
            return path;
        });
    }

    private static int quarterOfMemory() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4);
    }
}
