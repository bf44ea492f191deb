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

    /**
     * Nothing of a page runs that we did not serve as a file; nobody frames it; no address of it travels elsewhere. What was
     * answered with a policy of its own, a carrier's page in its sandbox, keeps that.
     */
    static Answer safe(Answer answer) {
        // to browsers that hold to the HTML standard, a page in a sandbox with an opener policy is a network error
        Answer ruled = answer.headers().containsKey("Content-Security-Policy")
                ? answer
                : answer.with("Content-Security-Policy", POLICY).with("Cross-Origin-Opener-Policy", "same-origin");
        return ruled.with("Referrer-Policy", "same-origin").with("X-Frame-Options", "DENY");
    }
}
