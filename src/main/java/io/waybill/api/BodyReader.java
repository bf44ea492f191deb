package io.waybill.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.waybill.problem.Problem;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one body within its limit and its time, or refuses it as early as it can be known: by its stated length, or by counting. */
final class BodyReader {
    private static final long LINGER_MILLIS = 1_000;

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final int limit;
    private final HttpSettings settings;
    private final Buffer body = Buffer.buffer();

    BodyReader(RoutingContext context, HttpSettings settings) {
        this.context = context;
        this.request = context.request();
        this.limit = settings.maxBody(context.normalizedPath());
        this.settings = settings;
    }

    void read(Consumer<Buffer> whole) {
        if (stated(request.getHeader("Content-Length")) > limit) {
            tooLarge();
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            context.response().writeContinue();
        }
        long timer = context.vertx().setTimer(settings.bodyTimeout().toMillis(), late -> tooSlow());
        request.handler(chunk -> {
            if (body.length() + (long) chunk.length() > limit) {
                context.vertx().cancelTimer(timer);
                tooLarge();
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            if (context.vertx().cancelTimer(timer)) {
                whole.accept(body);
            }
        });
        request.exceptionHandler(cut -> context.vertx().cancelTimer(timer));
    }

    /** Drops what still comes of a refused body, and soon the connection; closing at once would take the answer with it. */
    static void discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        Vertx vertx = context.vertx();
        long timer = vertx.setTimer(LINGER_MILLIS, late -> request.connection().close());
        request.handler(null);
        request.exceptionHandler(cut -> vertx.cancelTimer(timer));
        request.endHandler(end -> vertx.cancelTimer(timer));
    }

    private void tooLarge() {
        discard(context);
        ProblemJson.send(context, 413, Problem.of(ApiCode.BODY_TOO_LARGE, "limit", limit));
    }

    private void tooSlow() {
        discard(context);
        ProblemJson.send(
                context,
                408,
                Problem.of(
                        ApiCode.BODY_TOO_SLOW, "seconds", settings.bodyTimeout().toSeconds()));
    }

    private static long stated(@Nullable String length) {
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException unreadable) {
            return Long.MAX_VALUE;
        }
    }
}
