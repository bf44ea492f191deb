package io.waybill.api;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The socket and its limits. A verticle, because that is how Vert.x gives one server its own worker pool. */
final class Listener extends AbstractVerticle {
    private final HttpSettings settings;
    private final Router router;
    private final Deadlines deadlines;
    private @Nullable HttpServer server;

    Listener(HttpSettings settings, Router router, Deadlines deadlines) {
        this.settings = settings;
        this.router = router;
        this.deadlines = deadlines;
    }

    @Override
    public void start(Promise<Void> started) {
        server = vertx.createHttpServer(options())
                .connectionHandler(deadlines::connected)
                .requestHandler(router);
        server.listen().onSuccess(open -> started.complete()).onFailure(why -> started.fail(taken(why)));
    }

    int port() {
        return server == null ? settings.port() : server.actualPort();
    }

    /** HTTP/1.1 only: a second protocol would need its own limits. */
    private HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setIdleTimeout((int) settings.idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxHeaderSize(settings.maxHeader())
                .setMaxInitialLineLength(settings.maxHeader())
                .setDecompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false);
        settings.tls()
                .ifPresent(tls -> options.setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(tls.certificate().toString())
                                .addKeyPath(tls.key().toString())));
        return options;
    }

    private ProblemException taken(Throwable why) {
        Problem problem = Problem.of(
                ApiCode.PORT_TAKEN, "host", settings.host(), "port", settings.port(), "why", why.getMessage());
        return new ProblemException(problem, why);
    }
}
