package io.waybill.api;

import io.waybill.access.Scope;
import java.util.Optional;

/**
 * One call of the interface.
 *
 * @param path under the base of its {@link RestRoutes}: {@code /orders/{id}}
 * @param scope what the caller must be allowed; empty for anyone
 */
public record Resource(String verb, String path, Optional<Scope> scope, Handler handler) {

    public static Resource get(String path, Scope scope, Handler handler) {
        return new Resource("get", path, Optional.of(scope), handler);
    }

    public static Resource post(String path, Scope scope, Handler handler) {
        return new Resource("post", path, Optional.of(scope), handler);
    }

    public static Resource put(String path, Scope scope, Handler handler) {
        return new Resource("put", path, Optional.of(scope), handler);
    }

    public static Resource patch(String path, Scope scope, Handler handler) {
        return new Resource("patch", path, Optional.of(scope), handler);
    }

    public static Resource delete(String path, Scope scope, Handler handler) {
        return new Resource("delete", path, Optional.of(scope), handler);
    }
}
