package io.waybill.carrier;

import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one host: no retries, no redirects, no cookies, no remembered logins. They are made ready at the first
 * call: an account that is never called costs a start nothing.
 */
final class Connections {
    private final Limits limits;
    private final ConnectionReuseStrategy reuse;
    private @Nullable CloseableHttpClient made;

    Connections(Limits limits, ConnectionReuseStrategy reuse) {
        this.limits = limits;
        this.reuse = reuse;
    }

    /**
     * @param count how many at once
     * @param names says which addresses may be connected to
     */
    record Limits(Duration connect, Duration answer, int count, DnsResolver names) {}

    synchronized CloseableHttpClient get() {
        if (made == null) {
            made = make();
        }
        return made;
    }

    private CloseableHttpClient make() {
        Timeout connect = Timeout.of(limits.connect());
        Timeout answer = Timeout.of(limits.answer());
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(BoundedHeaders.connections())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(answer)
                                .build())
                        .setDnsResolver(limits.names())
                        .setMaxConnPerRoute(limits.count())
                        .setMaxConnTotal(limits.count())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setResponseTimeout(answer)
                        .build())
                .setConnectionReuseStrategy(reuse)
                .setRequestExecutor(new Telltale())
                .setUserAgent("Waybill")
                .useSystemProperties()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }
}
