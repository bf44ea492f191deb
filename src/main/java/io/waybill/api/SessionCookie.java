package io.waybill.api;

import java.util.List;

/** The cookie of a browser session: no script reads it and no other site sends it. */
public final class SessionCookie {
    static final String NAME = "waybill_session";
    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]");

    private SessionCookie() {}

    /**
     * The value of {@code Set-Cookie}. Over the network it travels over TLS only; on this machine there may be none. A proxy
     * may call the hub by a name of this machine, whatever name the browser called.
     *
     * @param token empty, with no seconds, to take it away
     */
    public static String set(String token, long seconds, Request request) {
        String host = request.host();
        boolean here = HERE.stream().anyMatch(name -> host.equals(name) || host.startsWith(name + ":"))
                && Local.LEFT_BY_PROXIES.stream().noneMatch(request.headers()::containsKey);
        return NAME + "=" + token + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (here ? "" : "; Secure");
    }
}
