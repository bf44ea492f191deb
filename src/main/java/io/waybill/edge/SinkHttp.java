package io.waybill.edge;

import io.waybill.carrier.BoundedHeaders;
import io.waybill.carrier.GuardedHosts;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client of sinks: one attempt (the outbox is what tries again), no redirects, connect 3 s, the whole answer
 * within 30 s, and only to {@link GuardedHosts}.
 */
final class SinkHttp implements HttpClientConfigurer {
    private static final Timeout CONNECT = Timeout.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final GuardedHosts hosts;
    private final Duration answer;

    SinkHttp(GuardedHosts hosts) {
        this(hosts, ANSWER);
    }

    SinkHttp(GuardedHosts hosts, Duration answer) {
        this.hosts = hosts;
        this.answer = answer;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .addExecInterceptorFirst("whole-answer", new WholeAnswer(answer))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT)
                        .setResponseTimeout(Timeout.of(answer))
                        .build())
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(BoundedHeaders.connections())
                        .setDnsResolver(hosts)
                        .setMaxConnPerRoute(16)
                        .setMaxConnTotal(16)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(Timeout.of(answer))
                                .build())
                        .build());
    }
}
