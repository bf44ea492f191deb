package io.waybill.api;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.access.Sessions;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.text.UrlPart;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling: by a key, by a session, or by sitting at this machine. Whoever may not call is answered. It never waits: keys are
 * in memory.
 */
record Authentication(Access access, Guesses guesses, HttpServer.Doors doors) {

    /** Empty when the request was refused and answered. */
    Optional<Caller> caller(RoutingContext context) {
        String secret = secret(context.request());
        boolean maybeLocal = secret == null && !access.isKeyed();
        Optional<Code> stranger = maybeLocal ? Local.refusal(context.request()) : Optional.empty();
        Optional<Caller> caller = secret == null ? session(context.request()) : access.caller(secret);
        if (caller.isPresent()) {
            return caller.filter(known -> isPage(context) || isOwnPage(context, known));
        }
        if (maybeLocal && stranger.isEmpty()) {
            return Optional.of(Caller.LOCAL);
        }
        boolean isOpen = doors.isOpen().test(context.normalizedPath());
        if (secret != null && !isOpen && guesses.isSentAway(context, secret)) {
            return Optional.empty();
        }
        if (isOpen || isPage(context)) {
            return Optional.of(Caller.ANYONE);
        }
        if (stranger.isPresent()) {
            refuse(context, 403, stranger.get());
        } else if (secret == null && Browsers.ask(context)) {
            leadToTheDoor(context, "?to=" + UrlPart.of(context.normalizedPath()));
        } else {
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"waybill\"");
            refuse(context, 401, secret == null ? ApiCode.KEY_MISSING : ApiCode.KEY_REFUSED);
        }
        return Optional.empty();
    }

    /** A page looks at its form itself; a form cannot send the header. */
    boolean isPage(RoutingContext context) {
        return doors.pages().own(context.normalizedPath());
    }

    /**
     * A person whose session ended while they chose a file, or who is not signed in; or nobody who should be listened to.
     *
     * @param to what the door is told of where they wanted to go, or nothing
     */
    void leadToTheDoor(RoutingContext context, String to) {
        BodyReader.discard(context);
        context.response()
                .setStatusCode(303)
                .putHeader("Location", doors.pages().door() + to)
                .end();
    }

    private Optional<Caller> session(HttpServerRequest request) {
        Cookie cookie = request.getCookie(SessionCookie.NAME);
        return cookie == null ? Optional.empty() : access.sessions().caller(cookie.getValue());
    }

    /** A browser sends its cookie whoever asks it to, so what changes something must prove that a page of ours asked. */
    private static boolean isOwnPage(RoutingContext context, Caller caller) {
        HttpServerRequest request = context.request();
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        String csrf = String.valueOf(request.getHeader("X-CSRF-Token"));
        boolean own =
                reads || caller.session().map(id -> Sessions.isCsrf(id, csrf)).orElse(true);
        if (!own) {
            refuse(context, 403, ApiCode.CSRF_MISSING);
        }
        return own;
    }

    static @Nullable String secret(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).strip();
        }
        return request.getHeader("X-Api-Key");
    }

    private static void refuse(RoutingContext context, int status, Code code) {
        BodyReader.discard(context);
        ProblemJson.send(context, status, Problem.of(code));
    }
}
