package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Where sinks may connect to: public addresses only, and the private or loopback ones of a sink that says {@code
 * privateNetwork=true}. What is resolved here is what is connected to, so a name cannot be checked as one address and
 * reached at another.
 *
 * @param trusted hosts that may resolve to a private address
 */
record SinkHosts(Set<String> trusted, DnsResolver names) implements DnsResolver {
    /** Ends as an IPv4 address does: in digits, also where those are hexadecimal. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

    private static final Pattern PLAIN = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    SinkHosts(Set<String> trusted) {
        this(trusted, SystemDefaultDnsResolver.INSTANCE);
    }

    /** @throws ProblemException {@code bad-setting} on a URL that is not https (http for loopback or a private network) */
    static SinkHosts read(Settings settings) {
        Set<String> trusted = new HashSet<>();
        Section sinks = settings.section("sink");
        for (String name : sinks.names()) {
            Section sink = sinks.section(name);
            sink.optional("url").ifPresent(url -> {
                String host = host(sink, url);
                if (sink.flag("privateNetwork", false) || LOOPBACK.contains(host)) {
                    trusted.add(host);
                } else if (!url.startsWith("https://")) {
                    throw sink.bad("url", url, "https://…; http only for loopback or with privateNetwork=true");
                }
            });
        }
        return new SinkHosts(trusted);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        if (isDisguised(bare(host))) {
            throw refused(host, host);
        }
        InetAddress[] addresses = names.resolve(bare(host));
        if (!trusted.contains(bare(host))) {
            for (InetAddress address : addresses) {
                if (!isPublic(address)) {
                    throw refused(host, address.getHostAddress());
                }
            }
        }
        return addresses;
    }

    /** An IPv4 address that is not spelled as four plain numbers: other software may read another address in it. */
    private static boolean isDisguised(String host) {
        return NUMERIC.matcher(host).matches() && !PLAIN.matcher(host).matches();
    }

    private static UnknownHostException refused(String host, String address) {
        return new UnknownHostException(Problem.of(EdgeCode.ADDRESS_NOT_ALLOWED, "host", host, "address", address)
                .toString());
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    /** Globally reachable unicast by IANA's special-purpose registries; tunnels that carry an IPv4 address inside are not. */
    static boolean isPublic(InetAddress address) {
        boolean special = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return !special
                && (address instanceof Inet6Address
                        ? isGlobal6(first, second, bytes[2] | bytes[3])
                        : isGlobal4(first, second));
    }

    private static boolean isGlobal4(int first, int second) {
        boolean sharedByCarriers = first == 100 && (second & 0xc0) == 64;
        boolean benchmarks = first == 198 && (second & 0xfe) == 18;
        return first != 0 && first < 240 && !sharedByCarriers && !benchmarks;
    }

    private static boolean isGlobal6(int first, int second, int next) {
        boolean sixToFour = first == 0x20 && second == 0x02;
        boolean teredo = first == 0x20 && second == 0x01 && next == 0;
        return (first & 0xe0) == 0x20 && !sixToFour && !teredo;
    }

    private static String host(Section sink, String url) {
        try {
            @Nullable String host = URI.create(url).getHost();
            if (host != null && URI.create(url).getUserInfo() == null) {
                return bare(host);
            }
        } catch (IllegalArgumentException e) {
            throw sink.bad("url", url, "a URL");
        }
        throw sink.bad("url", url, "a URL with a host and no user");
    }

    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
    }
}
