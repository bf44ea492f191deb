package io.waybill.portal;

import io.waybill.access.Sessions;
import io.waybill.api.Request;
import java.util.List;
import java.util.Optional;

/** Which forms stood on pages of ours. A browser sends its cookie whoever asks it to; only a page of ours knows the token, and browsers say where a form stood. */
final class OwnForms {
    private static final String HERE = "same-origin";

    private OwnForms() {}

    static boolean isOurs(Request request, Form form) {
        return isFromHere(request)
                && request.caller()
                        .session()
                        .map(session -> Sessions.isCsrf(session, form.text("csrf")))
                        .orElse(true);
    }

    /** Whether a page of ours sent it, as its browser says, that was made for another session. */
    static boolean isOlder(Request request, Form form) {
        return site(request).equals(Optional.of(HERE)) && !form.text("csrf").isEmpty();
    }

    /** Whoever has not signed in yet has no token; an older browser says the origin alone, and who is no browser says nothing. */
    private static boolean isFromHere(Request request) {
        Optional<Boolean> site = site(request).map(said -> said.equals(HERE) || said.equals("none"));
        return site.or(() -> request.header("Origin").map(origin -> isHost(origin, request.host())))
                .orElse(true);
    }

    private static boolean isHost(String origin, String host) {
        return List.of("https://", "http://").stream().anyMatch(scheme -> origin.equalsIgnoreCase(scheme + host));
    }

    private static Optional<String> site(Request request) {
        return request.header("Sec-Fetch-Site");
    }
}
