package io.waybill.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.waybill.problem.Problem;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body within its limit, its time and the room that is left, or refuses it as early as can be known: by its
 * stated length, or by counting.
 */
final class BodyReader {
    private static final long LINGER_MILLIS = 1_000;

    /** What a request weighs before its body. */
    private static final long HEAD = 8 * 1024;

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final HttpSettings settings;
    private final Room room;
    private final int limit;
    private final Buffer body = Buffer.buffer();
    private long timer;
    private long held;

    BodyReader(RoutingContext context, HttpSettings settings, Room room) {
        this.context = context;
        this.request = context.request();
        this.settings = settings;
        this.room = room;
        this.limit = settings.maxBody(context.normalizedPath());
    }

    /** Hands over the whole body, or answers the refusal itself. */
    void read(Consumer<Buffer> whole) {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            refuse(415, Problem.of(ApiCode.ENCODING_NOT_TAKEN, "encoding", encoding));
            return;
        }
        if (stated(request.getHeader("Content-Length")) > limit) {
            tooLarge();
            return;
        }
        context.addEndHandler(done -> room.giveBack(held));
        if (!hold(HEAD)) {
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            context.response().writeContinue();
        }
        timer = context.vertx().setTimer(settings.bodyTimeout().toMillis(), late -> tooSlow());
        request.exceptionHandler(cut -> context.vertx().cancelTimer(timer));
        request.handler(this::take);
        request.endHandler(end -> {
            context.vertx().cancelTimer(timer);
            whole.accept(body);
        });
    }

    /** Drops what still comes of a refused body, and soon the connection; closing at once would take the answer with it. */
    static void discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        Vertx vertx = context.vertx();
        long linger = vertx.setTimer(LINGER_MILLIS, late -> request.connection().close());
        request.handler(null);
        request.exceptionHandler(cut -> vertx.cancelTimer(linger));
        request.endHandler(end -> vertx.cancelTimer(linger));
    }

    private void take(Buffer chunk) {
        if (body.length() + (long) chunk.length() > limit) {
            tooLarge();
        } else if (hold(chunk.length())) {
            body.appendBuffer(chunk);
        }
    }

    private boolean hold(long bytes) {
        if (room.take(bytes)) {
            held += bytes;
            return true;
        }
        context.response().putHeader("Retry-After", "1");
        refuse(503, Problem.of(ApiCode.HUB_BUSY));
        return false;
    }

    private void tooLarge() {
        refuse(413, Problem.of(ApiCode.BODY_TOO_LARGE, "limit", limit));
    }

    private void tooSlow() {
        refuse(
                408,
                Problem.of(
                        ApiCode.BODY_TOO_SLOW, "seconds", settings.bodyTimeout().toSeconds()));
    }

    private void refuse(int status, Problem problem) {
        context.vertx().cancelTimer(timer);
        discard(context);
        ProblemJson.send(context, status, problem);
    }

    private static long stated(@Nullable String length) {
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException unreadable) {
            return Long.MAX_VALUE;
        }
    }
}
