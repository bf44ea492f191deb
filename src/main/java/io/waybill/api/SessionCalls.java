package io.waybill.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.access.Sessions;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/**
 * {@code /session}: signing in and out with a browser. Whoever sends a key gets a cookie that no script can read and no other
 * site can send, and a token that every change must bring in {@code X-CSRF-Token}.
 */
final class SessionCalls {
    private final Sessions sessions;

    SessionCalls(Sessions sessions) {
        this.sessions = sessions;
    }

    List<Resource> resources() {
        return List.of(
                new Resource("get", "/session", Optional.empty(), this::who),
                new Resource("post", "/session", Optional.empty(), this::signIn),
                new Resource("delete", "/session", Optional.empty(), this::signOut));
    }

    private Answer who(Request request) {
        return Answer.ok(view(request.caller()));
    }

    private Answer signIn(Request request) {
        Caller caller = request.caller();
        String key = caller.key()
                .filter(id -> caller.session().isEmpty())
                .orElseThrow(() -> new ProblemException(Problem.of(ApiCode.KEY_MISSING)));
        Sessions.Opened opened = sessions.open(key, caller.name());
        ObjectNode answer = view(caller)
                .put("csrfToken", opened.csrf())
                .put("endsAt", opened.endsAt().toString());
        return Answer.json(201, answer)
                .with("Set-Cookie", SessionCookie.set(opened.token(), Sessions.LIFE.toSeconds(), request));
    }

    private Answer signOut(Request request) {
        request.caller()
                .session()
                .ifPresent(id -> sessions.end(id, request.caller().name()));
        return Answer.empty(204).with("Set-Cookie", SessionCookie.set("", 0, request));
    }

    private static ObjectNode view(Caller caller) {
        ObjectNode view =
                JsonNodeFactory.instance.objectNode().put("name", caller.name()).put("person", caller.person());
        caller.scopes().stream().map(Scope::text).sorted().forEach(view.putArray("scopes")::add);
        caller.session().ifPresent(id -> view.put("csrfToken", Sessions.csrf(id)));
        return view;
    }
}
