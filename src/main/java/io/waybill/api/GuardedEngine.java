package io.waybill.api;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.function.IntSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.jspecify.annotations.Nullable;

/** Camel's engine, on our server: hands every exchange the {@link Request} the gate let through, as a property, and its bytes as the body. */
final class GuardedEngine extends VertxPlatformHttpEngine {
    private static final String REQUEST = "waybill.request";
    private final IntSupplier port;

    GuardedEngine(IntSupplier port) {
        this.port = port;
    }

    /** The call behind an exchange that came in over HTTP; null behind any other. */
    static @Nullable Request request(Exchange exchange) {
        return exchange.getProperty(REQUEST, Request.class);
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        endpoint.setHeaderFilterStrategy(new OutsideHeaders());
        return new VertxPlatformHttpConsumer(
                endpoint, processor, getHandlers(), VertxPlatformHttpRouter.PLATFORM_HTTP_ROUTER_NAME_ZERO) {
            @Override
            protected Future<Void> processHttpRequest(Exchange exchange, RoutingContext context) {
                Request request = Sent.request(context);
                exchange.setProperty(REQUEST, request);
                return super.processHttpRequest(exchange, context).onSuccess(read -> {
                    exchange.getMessage().setBody(request.body());
                    OutsideHeaders.remember(exchange);
                });
            }
        };
    }

    @Override
    public int getServerPort() {
        return port.getAsInt();
    }
}
