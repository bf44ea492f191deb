package io.waybill.api;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.ext.web.Router;
import io.waybill.api.HttpSettings.Tls;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket and its limits. A verticle, because that is how Vert.x gives one server its own worker pool. */
final class Listener extends AbstractVerticle {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

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
                .invalidRequestHandler(new Undecoded(settings.maxHeader()))
                .requestHandler(router);
        settings.tls().ifPresent(this::renew);
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
                .setMaxHeaderSize(settings.maxHeader())
                .setMaxInitialLineLength(settings.maxHeader())
                .setDecompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false);
        settings.tls()
                .ifPresent(tls -> options.setSsl(true)
                        .setEnabledSecureTransportProtocols(PROTOCOLS)
                        .setKeyCertOptions(pem(tls)));
        return options;
    }

    private static PemKeyCertOptions pem(Tls tls) {
        return new PemKeyCertOptions()
                .addCertPath(tls.certificate().toString())
                .addKeyPath(tls.key().toString());
    }

    /** A certificate that was renewed in its place serves new connections; one that cannot be used changes nothing. */
    private void renew(Tls tls) {
        AtomicLong served = new AtomicLong(changed(tls));
        vertx.setPeriodic(tls.reload().toMillis(), timer -> {
            long now = changed(tls);
            if (served.getAndSet(now) != now) {
                Objects.requireNonNull(server)
                        .updateSSLOptions(
                                new SSLOptions()
                                        .setKeyCertOptions(pem(tls))
                                        .setEnabledSecureTransportProtocols(PROTOCOLS),
                                true)
                        .onSuccess(done -> LOG.info("The renewed certificate is served from now on"))
                        .onFailure(why -> {
                            served.set(0);
                            LOG.error("The renewed certificate cannot be served yet: {}", why.toString());
                        });
            }
        });
    }

    private static long changed(Tls tls) {
        return tls.certificate().toFile().lastModified() * 31
                + tls.key().toFile().lastModified();
    }

    private ProblemException taken(Throwable why) {
        Problem problem = Problem.of(
                ApiCode.PORT_TAKEN, "host", settings.host(), "port", settings.port(), "why", why.getMessage());
        return new ProblemException(problem, why);
    }
}
