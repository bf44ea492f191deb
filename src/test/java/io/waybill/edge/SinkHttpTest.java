package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A receiver has so long for its whole answer, however it spreads it. */
@Timeout(60)
class SinkHttpTest {
    private static final Duration ANSWER = Duration.ofMillis(600);
    private static final Duration PATIENT = Duration.ofSeconds(50);
    private static final long BETWEEN_BYTES_MS = 50;

    private final CountDownLatch over = new CountDownLatch(1);
    private ServerSocket server;
    private CloseableHttpClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        client = client(ANSWER);
    }

    private CloseableHttpClient client(Duration answer) {
        HttpClientBuilder builder = HttpClientBuilder.create();
        new SinkHttp(SinkHosts.read(Settings.of("sink.oms.url=" + url())), answer).configureHttpClient(builder);
        return builder.build();
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        server.close();
        client.close();
    }

    @Test
    void a_receiver_that_trickles_its_headers_is_left() {
        serve("HTTP/1.1 204 No Content\r\nX-Patience: ", "and another thing ".repeat(100));

        assertThatThrownBy(this::post)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("no whole answer within 600 ms");
    }

    @Test
    void a_receiver_that_trickles_its_body_is_left() {
        serve("HTTP/1.1 500 No\r\nContent-Length: 1800\r\n\r\n", "and another thing ".repeat(100));

        assertThatThrownBy(this::post)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("no whole answer within 600 ms");
    }

    @Test
    void whatever_a_call_that_was_ended_breaks_with_is_told_as_late() {
        HttpPost post = new HttpPost(url());
        ExecChain broken = (request, scope) -> {
            await().until(post::isCancelled);
            throw new NullPointerException("Connection");
        };

        assertThatThrownBy(() -> new WholeAnswer(Duration.ofMillis(1)).execute(post, scope(post), broken))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("no whole answer within 1 ms");
    }

    private static ExecChain.Scope scope(HttpPost post) {
        ExecRuntime none = (ExecRuntime) Proxy.newProxyInstance(
                SinkHttpTest.class.getClassLoader(),
                new Class<?>[] {ExecRuntime.class},
                (proxy, method, given) -> null);
        HttpRoute route = new HttpRoute(new HttpHost("localhost", 80));
        return new ExecChain.Scope("1", route, post, none, HttpClientContext.create());
    }

    @Test
    void a_receiver_that_answers_in_time_is_heard() throws IOException {
        client.close();
        client = client(PATIENT);
        serve("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine", "");

        assertThat(post()).isEqualTo("200 fine");
    }

    @Test
    void of_a_receiver_that_says_too_much_the_beginning_is_heard() throws IOException {
        client.close();
        client = client(PATIENT);
        serve("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + "x".repeat(3_000_000), "");

        assertThat(post()).isEqualTo("200 " + "x".repeat(1 << 20));
    }

    @Test
    void one_whose_headers_have_no_end_is_not_heard() throws IOException {
        client.close();
        client = client(PATIENT);
        serve("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(200_000) + "\r\nContent-Length: 0\r\n\r\n", "");

        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    }

    private String post() throws IOException {
        HttpPost post = new HttpPost(url());
        post.setEntity(new StringEntity("{}"));
        return client.execute(post, answer -> answer.getCode() + " " + EntityUtils.toString(answer.getEntity()));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/events";
    }

    private void serve(String atOnce, String slowly) {
        Thread thread = new Thread(() -> answer(atOnce, slowly), "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(String atOnce, String slowly) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write(atOnce.getBytes(StandardCharsets.US_ASCII));
            for (byte next : slowly.getBytes(StandardCharsets.US_ASCII)) {
                if (over.await(BETWEEN_BYTES_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                out.write(next);
            }
            socket.getInputStream()
                    .transferTo(OutputStream.nullOutputStream()); // closed before, it would reset what is under way
        } catch (IOException | InterruptedException e) {
            over.countDown(); // it was left
        }
    }
}
