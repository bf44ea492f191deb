package io.waybill.api;

import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import io.waybill.problem.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Sees that nobody hides a request in the body of another. Of a request whose body ends where its coding says, and not where its
 * length does, a proxy before the hub may read another end: behind one it is the last that is heard on its connection (RFC 9112, 6.3).
 * A coding other than {@code chunked} is refused. Used by one event loop.
 */
final class Framing {
    private static final String CODING = "Transfer-Encoding";
    private static final String CHUNKED = "chunked";

    /** Connections on which nothing more is heard. */
    private final Set<HttpConnection> over = Collections.newSetFromMap(new WeakHashMap<HttpConnection, Boolean>());

    private final boolean behindProxy;

    Framing(boolean behindProxy) {
        this.behindProxy = behindProxy;
    }

    void request(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        if (over.contains(connection)) {
            connection.close();
            return;
        }
        List<String> codings = context.request().headers().getAll(CODING);
        if (codings.isEmpty()) {
            context.next();
            return;
        }
        boolean chunked = codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase(CHUNKED);
        if (behindProxy || !chunked) {
            over.add(connection);
            context.response().putHeader("Connection", "close");
            context.addEndHandler(answered -> connection.close());
        }
        if (chunked) {
            context.next();
        } else {
            BodyReader.discard(context);
            ProblemJson.send(context, 400, Problem.of(ApiCode.REQUEST_UNREADABLE));
        }
    }
}
