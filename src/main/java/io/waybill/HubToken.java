package io.waybill;

import io.waybill.api.HttpSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** How commands on this machine speak to a running hub. */
final class HubToken {
    private HubToken() {}

    /** Where this machine finds a server with these settings. */
    static URI address(HttpSettings http, int port) {
        String scheme = http.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + host(http.host()) + ":" + port);
    }

    private static String host(String bound) {
        try {
            boolean everywhere = InetAddress.getByName(bound).isAnyLocalAddress();
            String host = everywhere ? "127.0.0.1" : bound;
            return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        } catch (UnknownHostException e) {
            return bound;
        }
    }
}
