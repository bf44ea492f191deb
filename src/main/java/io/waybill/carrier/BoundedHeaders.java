package io.waybill.carrier;

import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.core5.http.config.Http1Config;

/**
 * Far more headers of an answer, and longer ones, than anybody sends who has something to say: 1,000 of them, and 64 KiB a line.
 * One with more fails with an {@code IOException}.
 */
public final class BoundedHeaders {
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(1_000)
            .setMaxLineLength(64 * 1024)
            .build();

    private BoundedHeaders() {}

    public static ManagedHttpClientConnectionFactory connections() {
        return ManagedHttpClientConnectionFactory.builder().http1Config(LIMITS).build();
    }
}
