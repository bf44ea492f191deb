package io.waybill.carrier;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * How adapters talk to a carrier. A purchase is one POST on a connection of its own: never retried, never redirected,
 * never on a connection that an earlier request may have left half dead. Everything else may reuse connections. Every
 * call ends within connect plus answer time and reads no more than {@link #MAX_ANSWER} bytes; none throws for anything
 * the network or the carrier does.
 */
public final class CarrierHttp {
    /** Room for a shipment of many parcels with its labels in base64. */
    public static final int MAX_ANSWER = 32 * 1024 * 1024;

    private final URI base;
    private final Duration connect;
    private final Duration answer;
    private final HttpClient shared;

    /** @param base scheme, host and the path every call starts with, without a closing slash */
    public CarrierHttp(URI base, Duration connect, Duration answer) {
        this.base = base;
        this.connect = connect;
        this.answer = answer;
        this.shared = client();
    }

    /** The one POST that costs money, on a connection nobody used before and nobody uses after. */
    public Answer buy(String path, Map<String, String> headers, byte[] body) {
        HttpClient fresh = client();
        try {
            return send(fresh, request(path, headers, body));
        } finally {
            shut(fresh);
        }
    }

    /** A POST that buys nothing. */
    public Answer post(String path, Map<String, String> headers, byte[] body) {
        return send(shared, request(path, headers, body));
    }

    public Answer get(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        headers.forEach(request::header);
        return send(shared, request.build());
    }

    private HttpRequest request(String path, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return request.build();
    }

    /** HTTP/1.1, so that one connection carries one request. The JDK re-sends no POST unless told to by a system property. */
    private HttpClient client() {
        return HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(connect)
                .build();
    }

    /** The JDK's own time-out ends at the headers; this one covers the last byte of the body. */
    private Answer send(HttpClient client, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> pending = client.sendAsync(request, info -> new Bounded());
        try {
            HttpResponse<byte[]> response = pending.get(connect.plus(answer).toMillis(), TimeUnit.MILLISECONDS);
            return new Answer.Read(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            pending.cancel(true);
            return new Answer.Lost("no answer within " + answer.toSeconds() + " s");
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            return new Answer.Lost("interrupted while waiting for the answer");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return beforeTheFirstByte(cause) ? new Answer.NothingSent(words(cause)) : new Answer.Lost(words(cause));
        }
    }

    /** Only failures that cannot come after a byte of the request has left. A doubt counts as sent. */
    private static boolean beforeTheFirstByte(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof UnresolvedAddressException
                || (cause instanceof SSLHandshakeException && untrusted(cause))
                || (cause instanceof IOException && cause.getCause() instanceof ConnectException);
    }

    /** We refused the carrier's certificate, so we sent it nothing. The reverse may arrive after the request. */
    private static boolean untrusted(Throwable handshake) {
        for (Throwable cause = handshake.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static String words(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
    }

    /** From Java 21 a client can be closed; before, its idle thread ends when the collector finds it. */
    private static void shut(Object client) {
        if (client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("an HTTP client that cannot be closed", e);
            }
        }
    }

    /** Collects a body and gives up past {@link #MAX_ANSWER}. */
    private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
        private final HttpResponse.BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
        private Flow.@Nullable Subscription subscription;
        private long seen;

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            whole.onSubscribe(given);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            seen += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            if (seen <= MAX_ANSWER) {
                whole.onNext(buffers);
            } else if (subscription != null) {
                subscription.cancel();
                whole.onError(new IOException("the answer is longer than " + MAX_ANSWER + " bytes"));
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.onError(failure);
        }

        @Override
        public void onComplete() {
            whole.onComplete();
        }
    }
}
