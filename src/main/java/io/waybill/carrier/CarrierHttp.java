package io.waybill.carrier;

import io.waybill.failpoint.Failpoint;
import io.waybill.text.Words;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * How adapters talk to a carrier. A purchase is one POST on a connection of its own: never retried, never redirected,
 * never on a connection that an earlier request may have left half dead. Everything else may reuse connections. Every
 * call ends within connect plus answer time and reads no more than {@link #MAX_ANSWER} bytes; none throws for anything
 * the network or the carrier does.
 */
public final class CarrierHttp {
    /** Room for a shipment of many parcels with its labels in base64. */
    public static final int MAX_ANSWER = 32 * 1024 * 1024;

    private static final int CONNECTIONS = 64;
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");
    private static final ScheduledThreadPoolExecutor DEADLINES = deadlines();

    private final URI base;
    private final Duration connect;
    private final Duration answer;
    private final int maxAnswer;
    private final Connections once;
    private final Connections shared;

    /**
     * Connects to nothing yet.
     *
     * @param base scheme, host and the path every call starts with, without a closing slash
     */
    public CarrierHttp(URI base, Duration connect, Duration answer) {
        this(base, connect, answer, MAX_ANSWER, CONNECTIONS);
    }

    /** As an account's settings say. */
    public CarrierHttp(CallSettings calls) {
        this(calls.base(), calls.connectTimeout(), calls.answerTimeout(), MAX_ANSWER, calls.connections());
    }

    /**
     * To whatever system the settings name.
     *
     * @param names says which addresses may be connected to
     */
    public CarrierHttp(URI base, Duration connect, Duration answer, DnsResolver names) {
        this(base, connect, answer, MAX_ANSWER, CONNECTIONS, names);
    }

    /**
     * To another host under an account's patience.
     *
     * @param names says which addresses may be connected to
     */
    CarrierHttp(URI base, CallSettings calls, DnsResolver names) {
        this(base, calls.connectTimeout(), calls.answerTimeout(), MAX_ANSWER, calls.connections(), names);
    }

    CarrierHttp(URI base, Duration connect, Duration answer, int maxAnswer) {
        this(base, connect, answer, maxAnswer, CONNECTIONS);
    }

    private CarrierHttp(URI base, Duration connect, Duration answer, int maxAnswer, int connections) {
        this(base, connect, answer, maxAnswer, connections, SystemDefaultDnsResolver.INSTANCE);
    }

    private CarrierHttp(
            URI base, Duration connect, Duration answer, int maxAnswer, int connections, DnsResolver names) {
        this.base = base;
        this.connect = connect;
        this.answer = answer;
        this.maxAnswer = maxAnswer;
        Connections.Limits limits = new Connections.Limits(connect, answer, connections, names);
        this.once = new Connections(limits, (request, response, context) -> false);
        this.shared = new Connections(limits, DefaultConnectionReuseStrategy.INSTANCE);
    }

    /** A whole address as a path for a call; empty when it leads elsewhere. */
    public Optional<String> below(String address) {
        return address.startsWith(base + "/")
                ? Optional.of(address.substring(base.toString().length()))
                : Optional.empty();
    }

    /** The one POST that costs money, on a connection nobody used before and nobody uses after. */
    public Answer buy(String path, Map<String, String> headers, byte[] body) {
        return send(once.get(), "POST", path, headers, body);
    }

    /** A POST that buys nothing. */
    public Answer post(String path, Map<String, String> headers, byte[] body) {
        return send("POST", path, headers, body);
    }

    public Answer get(String path, Map<String, String> headers) {
        return send("GET", path, headers, new byte[0]);
    }

    /** Any call that buys nothing: {@code DELETE}, {@code PUT}, … */
    public Answer send(String method, String path, Map<String, String> headers, byte[] body) {
        return send(shared.get(), method, path, headers, body);
    }

    private Answer send(
            CloseableHttpClient client, String method, String path, Map<String, String> headers, byte[] body) {
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(base + path));
        headers.forEach(request::setHeader);
        if (body.length > 0 || !WITHOUT_BODY.contains(method)) {
            request.setEntity(Failpoint.HALF_SENT.isArmed() ? new Halves(body) : new ByteArrayEntity(body, null));
        }
        HttpClientContext context = HttpClientContext.create();
        AtomicBoolean late = new AtomicBoolean();
        Future<?> deadline = DEADLINES.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                connect.plus(answer).toMillis(),
                TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = client.executeOpen(null, request, context)) {
            return read(response, request);
        } catch (IOException | RuntimeException e) {
            boolean unanswered = e instanceof SocketTimeoutException && !(e instanceof ConnectTimeoutException);
            boolean isLate = late.get() || unanswered;
            if (beforeTheFirstByte(e, context)) {
                return new Answer.NothingSent(isLate ? "no connection came about in time" : Words.of(e));
            }
            return new Answer.Lost(isLate ? "no whole answer within " + answer.toMillis() + " ms" : Words.of(e));
        } finally {
            deadline.cancel(false);
        }
    }

    /**
     * Two witnesses: the failure is one that making a connection may have, the agreement on a key with it, and no request ever reached
     * one. A doubt counts as sent.
     */
    private static boolean beforeTheFirstByte(Exception e, HttpContext context) {
        boolean connecting = e instanceof UnknownHostException
                || e instanceof SocketException
                || e instanceof SSLException
                || e instanceof SocketTimeoutException
                || e instanceof ConnectionRequestTimeoutException;
        return connecting && !Telltale.isMarked(context);
    }

    private Answer read(ClassicHttpResponse response, HttpUriRequestBase request) throws IOException {
        byte[] body = new byte[0];
        if (response.getEntity() != null) {
            InputStream in = response.getEntity().getContent();
            body = in.readNBytes(maxAnswer);
            if (in.read() >= 0) {
                request.cancel(); // closing alone would read on to the end
                throw new IOException("the answer is longer than " + maxAnswer + " bytes");
            }
        }
        HttpHeaders headers = headers(response.getHeaders());
        byte[] read = Letters.inUtf8(headers.firstValue("Content-Type").orElse(""), body);
        return new Answer.Read(response.getCode(), headers, read);
    }

    private static HttpHeaders headers(Header... headers) {
        Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : headers) {
            values.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
        }
        return HttpHeaders.of(values, (name, value) -> true);
    }

    private static ScheduledThreadPoolExecutor deadlines() {
        ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "carrier-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
        return deadlines;
    }
}
