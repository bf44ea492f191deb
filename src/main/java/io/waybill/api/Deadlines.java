package io.waybill.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Closes a connection that takes too long to come to a request, or to take its answer. Vert.x's own idle timeout starts again with every
 * byte, so a header sent one byte at a time would never end; and it knows no work, so a call that takes longer, a backup, would never be
 * answered.
 */
final class Deadlines {
    private final Vertx vertx;
    private final Duration first;
    private final Duration between;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<HttpConnection, Long> timers = new ConcurrentHashMap<>();

    Deadlines(Vertx vertx, HttpSettings settings) {
        this.vertx = vertx;
        this.first = settings.headerTimeout();
        this.between = settings.idleTimeout();
        this.most = settings.maxConnections();
    }

    /** Beyond the limit a connection is closed at once: one more would cost those that are served. */
    void connected(HttpConnection connection) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            connection.close();
            return;
        }
        connection.closeHandler(closed -> {
            open.decrementAndGet();
            disarm(connection);
        });
        arm(connection, first);
    }

    /** From here the body's own deadline counts, then nothing while it is worked on, then whether its answer is taken. */
    void request(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        disarm(connection);
        context.addHeadersEndHandler(answered -> watch(connection, context.response()));
        context.addEndHandler(sent -> {
            if (sent.succeeded()) {
                arm(connection, between);
            }
        });
        context.next();
    }

    /** Closed where nothing of an answer was written for so long. */
    private void watch(HttpConnection connection, HttpServerResponse answer) {
        long written = answer.bytesWritten();
        arm(connection, between, () -> {
            if (answer.bytesWritten() > written) {
                watch(connection, answer);
            } else {
                connection.close();
            }
        });
    }

    private void arm(HttpConnection connection, Duration time) {
        arm(connection, time, connection::close);
    }

    private void arm(HttpConnection connection, Duration time, Runnable over) {
        disarm(connection);
        timers.put(connection, vertx.setTimer(time.toMillis(), timer -> {
            timers.remove(connection);
            over.run();
        }));
    }

    private void disarm(HttpConnection connection) {
        Long timer = timers.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
