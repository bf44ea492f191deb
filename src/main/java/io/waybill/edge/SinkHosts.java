package io.waybill.edge;

import io.waybill.carrier.GuardedHosts;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where sinks may connect to: public addresses, and the private or loopback ones of a sink that says {@code privateNetwork=true}. */
final class SinkHosts {
    private SinkHosts() {}

    /** @throws ProblemException {@code bad-setting} on a URL that is not https (http for loopback or a private network) */
    static GuardedHosts read(Settings settings) {
        Set<String> trusted = new HashSet<>();
        Section sinks = settings.section("sink");
        for (String name : sinks.names()) {
            Section sink = sinks.section(name);
            sink.optional("url").ifPresent(url -> {
                String host = host(sink, url);
                if (sink.flag("privateNetwork", false) || GuardedHosts.isLoopback(host)) {
                    trusted.add(host);
                } else if (!url.startsWith("https://")) {
                    throw sink.bad("url", url, "https://…; http only for loopback or with privateNetwork=true");
                }
            });
        }
        return new GuardedHosts(trusted);
    }

    private static String host(Section sink, String url) {
        try {
            @Nullable String host = URI.create(url).getHost();
            if (host != null && URI.create(url).getUserInfo() == null) {
                return GuardedHosts.bare(host);
            }
        } catch (IllegalArgumentException e) {
            throw sink.bad("url", url, "a URL");
        }
        throw sink.bad("url", url, "a URL with a host and no user");
    }
}
