package io.waybill.carrier;

import io.waybill.problem.Problem;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Where an address that was not written into the hub may lead: to public addresses only, and to the private or loopback ones of
 * hosts that are trusted by name. What is resolved here is what is connected to, so a name cannot be checked as one address and
 * reached at another.
 *
 * @param trusted hosts that may resolve to a private address
 */
public record GuardedHosts(Set<String> trusted, DnsResolver names) implements DnsResolver {
    /** Ends as an IPv4 address does: in digits, also where those are hexadecimal. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

    private static final Pattern PLAIN = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    public GuardedHosts(Set<String> trusted) {
        this(trusted, SystemDefaultDnsResolver.INSTANCE);
    }

    /** Whether a host is this machine by its name. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.contains(bare(host));
    }

    /** In lower case, an IPv6 address without its brackets. */
    public static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") ? lower.substring(1, lower.length() - 1) : lower;
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
        return new UnknownHostException(Problem.of(CarrierCode.ADDRESS_NOT_ALLOWED, "host", host, "address", address)
                .toString());
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    /** Globally reachable unicast by IANA's special-purpose registries; tunnels that carry an IPv4 address inside are not. */
    public static boolean isPublic(InetAddress address) {
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
                        : isGlobal4(first, second, bytes[2]));
    }

    private static boolean isGlobal4(int first, int second, int third) {
        boolean protocols = first == 192 && second == 0 && third == 0;
        boolean sharedByCarriers = first == 100 && (second & 0xc0) == 64;
        boolean benchmarks = first == 198 && (second & 0xfe) == 18;
        return first != 0 && first < 240 && !sharedByCarriers && !benchmarks && !protocols;
    }

    private static boolean isGlobal6(int first, int second, int next) {
        boolean sixToFour = first == 0x20 && second == 0x02;
        boolean teredo = first == 0x20 && second == 0x01 && next == 0;
        return (first & 0xe0) == 0x20 && !sixToFour && !teredo;
    }
}
