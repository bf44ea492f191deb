package io.waybill.portal;

import io.waybill.api.Answer;
import java.util.Map;

/** What every page says about itself to the browser. */
final class Headers {
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private Headers() {}

    static Answer page(int status, byte[] html) {
        return safe(new Answer(status, "text/html; charset=utf-8", html, Map.of()));
    }

    static Answer go(String path) {
        return safe(Answer.empty(303)).with("Location", path);
    }

    /** Nothing of a page runs that we did not serve as a file; nobody frames it; no address of it travels elsewhere. */
    static Answer safe(Answer answer) {
        return answer.with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "same-origin")
                .with("X-Frame-Options", "DENY")
                .with("Cross-Origin-Opener-Policy", "same-origin");
    }
}
