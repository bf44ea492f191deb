package io.waybill.api;

import java.util.List;

/** The cookie of a browser session: no script reads it and no other site sends it. */
public final class SessionCookie {
    static final String NAME = "waybill_session";
    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]");

    private SessionCookie() {}

    /**
     * The value of {@code Set-Cookie}. Over the network it travels over TLS only; on this machine there may be none.
     *
     * @param token empty, with no seconds, to take it away
     * @param host as the browser spelled it
     */
    public static String set(String token, long seconds, String host) {
        boolean here = HERE.stream().anyMatch(name -> host.equals(name) || host.startsWith(name + ":"));
        return NAME + "=" + token + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (here ? "" : "; Secure");
    }
}
