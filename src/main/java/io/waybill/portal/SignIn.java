package io.waybill.portal;

import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.access.Sessions;
import io.waybill.access.Tries;
import io.waybill.api.Answer;
import io.waybill.api.SessionCookie;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signing in with a person's key, signing out, and choosing a language. */
final class SignIn {
    private final Access access;
    private final Tries tries = new Tries();

    SignIn(Access access) {
        this.access = access;
    }

    List<Page> pages() {
        return List.of(
                new Page("GET", "/sign-in", true, visit -> asked(visit, 200, "")),
                new Page("POST", "/sign-in", true, this::signIn),
                new Page("POST", "/sign-out", true, this::signOut),
                new Page("POST", "/language", true, SignIn::language));
    }

    private static Answer asked(Visit visit, int status, String wrong) {
        String to = visit.query("to").orElseGet(() -> visit.form().text("to"));
        return visit.page(
                status,
                "sign-in",
                Map.of("to", Address.own(to.isEmpty() ? "/" : to), "wrong", wrong, "unsaved", isUnsaved(visit)));
    }

    /** Whether what somebody sent was not done, because their session was over. */
    private static boolean isUnsaved(Visit visit) {
        return visit.query("unsaved").or(() -> visit.form().value("unsaved")).isPresent();
    }

    private Answer signIn(Visit visit) {
        String secret = visit.form().text("key");
        Optional<Caller> caller = access.caller(secret);
        if (caller.isEmpty()) {
            boolean tooMany = tries.refused(visit.request().address(), secret).isPresent();
            return asked(visit, tooMany ? 429 : 401, tooMany ? "sign-in.too-many" : "sign-in.unknown");
        }
        if (!caller.get().person() || caller.get().key().isEmpty()) {
            return asked(visit, 403, "sign-in.not-a-person");
        }
        Sessions.Opened opened = access.sessions()
                .open(caller.get().key().orElseThrow(), caller.get().name());
        String to = visit.form().text("to");
        String back = Address.own(to.isEmpty() ? "/" : to);
        return (isUnsaved(visit) ? visit.done("unsaved", back) : Headers.go(back))
                .with("Set-Cookie", SessionCookie.set(opened.token(), Sessions.LIFE.toSeconds(), visit.request()));
    }

    private Answer signOut(Visit visit) {
        Caller caller = visit.request().caller();
        caller.session().ifPresent(session -> access.sessions().end(session, caller.name()));
        return Headers.go("/sign-in").with("Set-Cookie", SessionCookie.set("", 0, visit.request()));
    }

    /** Remembered for a year; it is no secret. */
    private static Answer language(Visit visit) {
        String chosen = visit.form().text("language").equals("zh") ? "zh" : "en";
        String back = visit.form().text("back");
        return Headers.go(Address.own(back.isEmpty() ? "/" : back))
                .with(
                        "Set-Cookie",
                        "waybill_language=" + chosen + "; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
    }
}
