package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Documents a carrier gives an address for instead of bytes. Only the carrier's own hosts are asked, by https, at public addresses
 * and without any credentials; the host the account calls is asked as it is called. An address that sends on is followed for a few
 * steps, each of which must be the carrier's too.
 */
public final class Downloads {
    private static final String LEGAL = "-._~:/?#@!$&'()*+,;=%";
    /** A sign that begins no encoded letter. */
    private static final Pattern STRAY = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** A host and a path, as {@code www.dhl.de/label.pdf}. */
    private static final Pattern WITHOUT_SCHEME = Pattern.compile("^(?://)?([\\w-]+(?:\\.[\\w-]+)*(?::\\d+)?/)");

    private static final int MOST_KEPT = 16;

    /** The first address and those it may send on to. */
    private static final int MOST_STEPS = 4;

    private final CallSettings calls;
    private final String carrier;
    private final List<String> domains;
    private final Map<URI, CarrierHttp> lines;
    private final BooleanSupplier mayBegin;

    /** A document is read once its sale is on record: the purchase has no time left for it. */
    public static final class LaterException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private LaterException(URI url) {
            super("the purchase has no time left for a document from " + url.getHost());
        }
    }

    /**
     * @param carrier its name, for what is refused
     * @param domains that are the carrier's, each with all hosts below it: {@code fedex.com}; the host the account calls is, wherever {@code baseUrl} says it is
     */
    public Downloads(CallSettings calls, String carrier, Collection<String> domains) {
        this(calls, carrier, List.copyOf(domains), new ConcurrentHashMap<>(), () -> true);
    }

    private Downloads(
            CallSettings calls,
            String carrier,
            List<String> domains,
            Map<URI, CarrierHttp> lines,
            BooleanSupplier mayBegin) {
        this.calls = calls;
        this.carrier = carrier;
        this.domains = domains;
        this.lines = lines;
        this.mayBegin = mayBegin;
    }

    /**
     * The same for a purchase that begins now: no call is begun that may last beyond {@link CallSettings#purchase}, for by then another
     * node may have taken the purchase over.
     */
    public Downloads ofPurchase() {
        long begun = System.nanoTime();
        long last = calls.lastOfPurchase().toNanos();
        return new Downloads(calls, carrier, domains, lines, () -> System.nanoTime() - begun <= last);
    }

    /**
     * The document at an address, which may begin with the host.
     *
     * @throws IllegalArgumentException when the address is not the carrier's, or does not answer with a document
     * @throws LaterException when it belongs to a purchase whose time is over
     */
    public byte[] read(String address) {
        URI url = address(WITHOUT_SCHEME
                .matcher(address.strip())
                .replaceFirst(calls.base().getScheme() + "://$1"));
        for (int step = 0; step < MOST_STEPS; step++) {
            if (!(ask(url) instanceof Answer.Read said)) {
                break;
            }
            if (said.ok()) {
                return said.body();
            }
            if (said.location().isEmpty()) {
                break;
            }
            url = url.resolve(address(said.location().get()));
        }
        throw new IllegalArgumentException("the document does not come from " + url.getHost());
    }

    /** Carriers write blanks and letters of any script into addresses: they are encoded, and what is encoded stays as it is. */
    private static URI address(String text) {
        String legal = text.contains("://[") ? LEGAL + "[]" : LEGAL;
        StringBuilder address = new StringBuilder();
        for (byte one : STRAY.matcher(text.strip()).replaceAll("%25").getBytes(UTF_8)) {
            boolean isLegal = legal.indexOf(one) >= 0 || (one > 0 && Character.isLetterOrDigit(one));
            address.append(isLegal ? String.valueOf((char) one) : String.format(Locale.ROOT, "%%%02X", one));
        }
        return URI.create(address.toString());
    }

    private Answer ask(URI url) {
        String scheme = isCarriers(url) ? "https" : isAccounts(url) ? url.getScheme() : "";
        if (scheme.isEmpty() || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "not an address of " + carrier + ": " + url.getScheme() + "://" + url.getHost());
        }
        URI host = URI.create(scheme + "://" + url.getRawAuthority());
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        CarrierHttp line = line(host, isAccounts(url));
        return AccountLine.again(() -> begin(line, url, url.getRawPath() + query), AccountLine::restFor);
    }

    private Answer begin(CarrierHttp line, URI url, String path) {
        if (!mayBegin.getAsBoolean()) {
            throw new LaterException(url);
        }
        return line.get(path, Map.of());
    }

    private CarrierHttp line(URI host, boolean trusted) {
        if (lines.size() >= MOST_KEPT) {
            lines.clear();
        }
        Set<String> names = trusted ? Set.of(GuardedHosts.bare(host.getHost())) : Set.of();
        return lines.computeIfAbsent(host, first -> new CarrierHttp(first, calls, new GuardedHosts(names)));
    }

    private boolean isAccounts(URI url) {
        return calls.base().getScheme().equals(url.getScheme())
                && calls.base().getAuthority().equals(url.getAuthority());
    }

    /** An address that says http is asked by https. */
    private boolean isCarriers(URI url) {
        String host = url.getHost();
        boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        return web
                && host != null
                && url.getPort() < 0
                && domains.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }
}
