package io.waybill.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.waybill.access.Caller;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link Gate} has established about a request. It lives beside the request's headers, so no caller can forge it.
 *
 * @param away why nothing of its body was taken; null where it was
 */
record Visit(
        String requestId,
        Caller caller,
        String address,
        Buffer body,
        @Nullable Path upload,
        Shedding.@Nullable Away away) {
    private static final String KEY = Visit.class.getName();

    Visit(String requestId, Caller caller, String address, Buffer body, @Nullable Path upload) {
        this(requestId, caller, address, body, upload, null);
    }

    void enter(RoutingContext context) {
        context.put(KEY, this);
    }

    static Visit of(RoutingContext context) {
        return Objects.requireNonNull(context.get(KEY), "a request that never passed the gate");
    }
}
