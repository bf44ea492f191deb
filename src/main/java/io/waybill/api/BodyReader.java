package io.waybill.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.waybill.problem.Problem;
import io.waybill.settings.OwnerOnly;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one body within its limit, its time and the room that is left, or refuses it as early as can be known: by its
 * stated length, or by counting.
 */
final class BodyReader {
    private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);
    private static final long LINGER_MILLIS = 1_000;

    /** What a request weighs before its body. */
    private static final long HEAD = 8 * 1024;

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final HttpSettings settings;
    private final Room room;
    private final Metering metering;
    private final int limit;
    private final BiConsumer<Integer, Problem> refusal;
    private final Buffer body = Buffer.buffer();
    private long timer;
    private long held;
    private long spooled;
    private boolean refused;
    private @Nullable AsyncFile spool;

    /**
     * Of one request.
     *
     * @param limit bytes of the body
     * @param refusal answers with this status for this problem
     */
    BodyReader(
            RoutingContext context,
            HttpSettings settings,
            Room room,
            Metering metering,
            int limit,
            BiConsumer<Integer, Problem> refusal) {
        this.context = context;
        this.request = context.request();
        this.settings = settings;
        this.room = room;
        this.metering = metering;
        this.limit = limit;
        this.refusal = refusal;
    }

    /** Hands over the whole body, or answers the refusal itself. */
    void read(Consumer<Buffer> whole) {
        if (!begins()) {
            return;
        }
        timer = context.vertx().setTimer(settings.bodyTimeout().toMillis(), late -> tooSlow());
        request.exceptionHandler(cut -> context.vertx().cancelTimer(timer));
        request.handler(this::take);
        request.endHandler(end -> {
            context.vertx().cancelTimer(timer);
            whole.accept(body);
        });
    }

    /** Puts the body into a new file piece by piece and says when it is whole, or answers the refusal itself. The file goes with the request. */
    void spool(Path file, Runnable whole) {
        if (!begins()) {
            return;
        }
        FileSystem files = context.vertx().fileSystem();
        context.addEndHandler(done -> drop(file));
        timer = context.vertx().setTimer(settings.bodyTimeout().toMillis(), late -> tooSlow());
        request.pause();
        files.open(file.toString(), aNewFile(file))
                .onSuccess(out -> {
                    spool = out;
                    if (refused || isAnswered()) {
                        drop(file);
                    } else {
                        spool(out, whole);
                    }
                })
                .onFailure(this::noRoom);
    }

    private static OpenOptions aNewFile(Path file) {
        OpenOptions options = new OpenOptions().setRead(false).setCreateNew(true);
        return OwnerOnly.isKnown(file) ? options.setPerms(OwnerOnly.FILE) : options;
    }

    private boolean isAnswered() {
        return context.response().ended() || context.response().closed();
    }

    /** A file that is deleted while it is open keeps its room until it is closed. */
    private void drop(Path file) {
        close().onComplete(closed -> context.vertx().fileSystem().delete(file.toString()));
    }

    private Future<Void> close() {
        AsyncFile out = spool;
        spool = null;
        return out == null ? Future.succeededFuture() : out.close();
    }

    private void spool(AsyncFile out, Runnable whole) {
        request.exceptionHandler(cut -> {
            context.vertx().cancelTimer(timer);
            close();
        });
        out.exceptionHandler(this::noRoom);
        request.handler(chunk -> {
            spooled += chunk.length();
            if (spooled > limit) {
                tooLarge();
                return;
            }
            out.write(chunk);
            if (out.writeQueueFull()) {
                request.pause();
                out.drainHandler(drained -> request.resume());
            }
        });
        request.endHandler(end -> {
            context.vertx().cancelTimer(timer);
            close().onSuccess(closed -> whole.run()).onFailure(this::noRoom);
        });
        request.resume();
    }

    private void noRoom(Throwable why) {
        if (refused || isAnswered()) {
            return;
        }
        LOG.warn("an upload could not be written: {}", why.toString());
        busy("5");
    }

    private void busy(String seconds) {
        Problem problem = Problem.of(ApiCode.HUB_BUSY);
        metering.shed(problem.code());
        context.response().putHeader("Retry-After", seconds);
        refuse(503, problem);
    }

    /** False when the request was refused and answered. */
    private boolean begins() {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            refuse(415, Problem.of(ApiCode.ENCODING_NOT_TAKEN, "encoding", encoding));
            return false;
        }
        if (stated(request) > limit) {
            tooLarge();
            return false;
        }
        context.addEndHandler(done -> room.giveBack(held));
        if (!hold(HEAD)) {
            return false;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            context.response().writeContinue();
        }
        return true;
    }

    /** Drops what still comes of a refused body, and soon the connection; closing at once would take the answer with it. */
    static void discard(RoutingContext context) {
        discard(context, LINGER_MILLIS);
    }

    /** @param millis until the connection goes: a browser reads its answer only when all of its form is sent */
    static void discard(RoutingContext context, long millis) {
        HttpServerRequest request = context.request();
        Vertx vertx = context.vertx();
        long linger = vertx.setTimer(millis, late -> request.connection().close());
        request.handler(null);
        request.exceptionHandler(cut -> vertx.cancelTimer(linger));
        request.endHandler(end -> vertx.cancelTimer(linger));
        request.resume();
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
        busy("1");
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
        refused = true;
        refusal.accept(status, problem);
    }

    /** Bytes its sender says the body has; 0 when it says nothing. */
    static long stated(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException unreadable) {
            return Long.MAX_VALUE;
        }
    }
}
