package io.waybill.api;

import io.waybill.access.Scope;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of the interface.
 *
 * @param path under the base of its {@link RestRoutes}: {@code /orders/{id}}
 * @param scope what the caller must be allowed; empty for anyone
 * @param also what it must be allowed besides
 * @param query the parameters it takes; another is refused. Null where others decide what they send
 */
public record Resource(
        String verb,
        String path,
        Optional<Scope> scope,
        List<Scope> also,
        @Nullable List<String> query,
        Handler handler) {

    /** One that takes whatever stands in its address. */
    public Resource(String verb, String path, Optional<Scope> scope, Handler handler) {
        this(verb, path, scope, List.of(), null, handler);
    }

    public static Resource get(String path, Scope scope, Handler handler) {
        return of("get", path, scope, handler);
    }

    public static Resource post(String path, Scope scope, Handler handler) {
        return of("post", path, scope, handler);
    }

    /** A POST whose address says all that it asks for: a body that says more is refused, for it would be passed over. */
    public static Resource act(String path, Scope scope, Handler handler) {
        return post(path, scope, request -> {
            new WellFormed(request).requireNoBody();
            return handler.handle(request);
        });
    }

    public static Resource put(String path, Scope scope, Handler handler) {
        return of("put", path, scope, handler);
    }

    public static Resource patch(String path, Scope scope, Handler handler) {
        return of("patch", path, scope, handler);
    }

    public static Resource delete(String path, Scope scope, Handler handler) {
        return of("delete", path, scope, handler);
    }

    private static Resource of(String verb, String path, Scope scope, Handler handler) {
        return new Resource(verb, path, Optional.of(scope), List.of(), List.of(), handler);
    }

    /** The same with these parameters in its query. */
    public Resource taking(String... parameters) {
        return new Resource(verb, path, scope, also, List.of(parameters), handler);
    }

    /** The same for callers who may do this too. */
    public Resource needing(Scope more) {
        return new Resource(verb, path, scope, List.of(more), query, handler);
    }

    /** {@code get.orders.id}: names it, as a route too. */
    public String id() {
        return verb + path.replaceAll("[{}]", "").replace('/', '.');
    }

    /** Whoever says there what a list shall hold would be given everything. */
    private boolean isWithoutBody() {
        return verb.equals("get") || verb.equals("delete");
    }

    /** @throws io.waybill.problem.ProblemException what the caller may not, or asked wrongly */
    Answer answer(Request request) throws Exception {
        scope.ifPresent(request.caller()::require);
        also.forEach(request.caller()::require);
        WellFormed asked = new WellFormed(request);
        asked.requireReadable();
        if (query != null) {
            asked.requireAmong(query);
            asked.requireOnce();
            asked.requireNoForm();
            if (isWithoutBody()) {
                asked.requireNoBody();
            }
        }
        return handler.handle(request);
    }
}
