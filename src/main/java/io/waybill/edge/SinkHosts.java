package io.waybill.edge;

import io.waybill.carrier.GuardedHosts;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where sinks and the systems of routes may be connected to: public addresses, and the private or loopback ones of what says
 * {@code privateNetwork=true}.
 */
final class SinkHosts {
    private SinkHosts() {}

    /** @throws ProblemException {@code bad-setting} on a URL that is not https (http for loopback or a private network) */
    static GuardedHosts read(Settings settings) {
        Set<String> trusted = new HashSet<>();
        Section sinks = settings.section("sink");
        sinks.names().forEach(name -> trust(sinks.section(name), "url", trusted));
        return new GuardedHosts(trusted);
    }

    /**
     * Those of one system.
     *
     * @param keys of its addresses
     * @throws ProblemException as {@link #read}
     */
    static GuardedHosts of(Section system, String... keys) {
        Set<String> trusted = new HashSet<>();
        for (String key : keys) {
            trust(system, key, trusted);
        }
        return new GuardedHosts(trusted);
    }

    private static void trust(Section section, String key, Set<String> trusted) {
        section.optional(key).ifPresent(url -> {
            String host = host(section, key, url);
            if (section.flag("privateNetwork", false) || GuardedHosts.isLoopback(host)) {
                trusted.add(host);
            } else if (!url.startsWith("https://")) {
                throw section.bad(key, url, "https://…; http only for loopback or with privateNetwork=true");
            }
        });
    }

    private static String host(Section section, String key, String url) {
        try {
            @Nullable String host = URI.create(url).getHost();
            if (host != null && URI.create(url).getUserInfo() == null) {
                return GuardedHosts.bare(host);
            }
        } catch (IllegalArgumentException e) {
            throw section.bad(key, url, "a URL");
        }
        throw section.bad(key, url, "a URL with a host and no user");
    }
}
