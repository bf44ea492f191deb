package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CarrierHttpTest {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.US_ASCII);
    private final List<Integer> clientPorts = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(workers);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        workers.shutdownNow();
    }

    @Test
    void every_purchase_has_a_connection_of_its_own() {
        serve(exchange -> answer(exchange, 200, "ok"));
        CarrierHttp http = http(Duration.ofSeconds(30));
        http.get("/", Map.of());
        for (int i = 0; i < 5; i++) {
            assertThat(http.buy("/", Map.of(), BODY)).isInstanceOf(Answer.Read.class);
        }
        assertThat(Set.copyOf(clientPorts)).hasSize(6);
    }

    @Test
    void calls_that_buy_nothing_may_share_a_connection() {
        serve(exchange -> answer(exchange, 200, "ok"));
        CarrierHttp http = http(Duration.ofSeconds(30));
        for (int i = 0; i < 5; i++) {
            http.post("/", Map.of(), BODY);
        }
        assertThat(Set.copyOf(clientPorts)).hasSize(1);
    }

    @Test
    @Timeout(60)
    void a_carrier_that_never_answers_is_given_up() {
        serve(exchange -> await());
        Answer answer = http(Duration.ofSeconds(1)).buy("/", Map.of(), BODY);
        assertThat(answer).isEqualTo(new Answer.Lost("no whole answer within 1000 ms"));
        Awaitility.await().untilAsserted(() -> assertThat(clientPorts).hasSize(1));
    }

    @Test
    @Timeout(60)
    void a_carrier_that_never_ends_its_answer_is_given_up() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        });
        assertThat(http(Duration.ofSeconds(1)).buy("/", Map.of(), BODY)).isInstanceOf(Answer.Lost.class);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json;charset=GBK, GBK",
        "application/json; charset=\"gb18030\", GB18030",
        "text/plain;charset=Big5, Big5",
        "application/json;charset=utf-16le, UTF-16LE",
        "application/problem+json;charset=GBK, UTF-8",
        "application/json;charset=nonesuch, UTF-8",
    })
    void words_in_letters_of_another_set_are_read_as_the_carrier_says(String type, String set) {
        byte[] told = "{\"msg\":\"餘額不足\"}".getBytes(Charset.forName(set));
        assertThat(answered(type, told))
                .isInstanceOfSatisfying(
                        Answer.Read.class,
                        read -> assertThat(Reply.of(read.body()).text("msg")).isEqualTo("餘額不足"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;charset=utf-8", "application/json;charset=us-ascii"})
    void accents_in_one_byte_each_are_read_whatever_letters_they_are_said_to_be_in(String type) {
        byte[] told = "{\"city\":\"M\u00fcnchen\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(answered(type, told))
                .isInstanceOfSatisfying(
                        Answer.Read.class,
                        read -> assertThat(Reply.of(read.body()).text("city")).isEqualTo("M\u00fcnchen"));
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain;charset=ISO-8859-15, ^XA^CI28^FDM\u00fcller^XZ",
        "application/json;charset=ISO-8859-1, %PDF-1.4 \u00e2\u00e3\u00cf\u00d3",
        "application/json;charset=utf-8, %PDF-1.4 \u00e2\u00e3\u00cf\u00d3",
    })
    void a_label_keeps_its_bytes_whatever_it_is_said_to_be(String type, String picture) {
        byte[] label = picture.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(answered(type, label))
                .isInstanceOfSatisfying(
                        Answer.Read.class, read -> assertThat(read.body()).isEqualTo(label));
    }

    @Test
    void an_endless_answer_is_cut_off() {
        byte[] block = new byte[10_000];
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (end.getCount() > 0) {
                exchange.getResponseBody().write(block);
            }
        });
        CarrierHttp http = new CarrierHttp(url(), Duration.ofSeconds(1), Duration.ofSeconds(20), 50_000);
        assertThat(http.buy("/", Map.of(), BODY))
                .isInstanceOfSatisfying(
                        Answer.Lost.class, lost -> assertThat(lost.why()).contains("longer than 50000 bytes"));
    }

    @Test
    void what_is_packed_is_cut_off_at_what_it_unpacks_to() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[60_000]);
        }
        serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            packed.writeTo(exchange.getResponseBody());
            exchange.close();
        });
        CarrierHttp http = new CarrierHttp(url(), Duration.ofSeconds(1), Duration.ofSeconds(20), 50_000);
        assertThat(http.buy("/", Map.of(), BODY))
                .isInstanceOfSatisfying(
                        Answer.Lost.class, lost -> assertThat(lost.why()).contains("longer than 50000 bytes"));
    }

    @Test
    void headers_of_any_length_or_number_are_no_answer() {
        serve(exchange -> {
            Headers headers = exchange.getResponseHeaders();
            if (exchange.getRequestURI().getPath().equals("/long")) {
                headers.set("X-Long", "x".repeat(200_000));
            } else {
                headers.put("X-Many", Collections.nCopies(2_000, "x"));
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        CarrierHttp http = new CarrierHttp(url(), Duration.ofSeconds(1), Duration.ofSeconds(20));
        assertThat(http.buy("/long", Map.of(), BODY)).isInstanceOf(Answer.Lost.class);
        assertThat(http.buy("/many", Map.of(), BODY)).isInstanceOf(Answer.Lost.class);
    }

    @Test
    void a_host_nobody_knows_was_sent_nothing() {
        CarrierHttp http =
                new CarrierHttp(URI.create("http://carrier.invalid"), Duration.ofSeconds(30), Duration.ofSeconds(30));
        assertThat(http.buy("/", Map.of(), BODY))
                .isInstanceOfSatisfying(
                        Answer.NothingSent.class,
                        unsent -> assertThat(unsent.why())
                                .contains("carrier.invalid")
                                .doesNotContain("Exception"));
    }

    @Test
    void nothing_is_sent_when_no_encrypted_connection_stands() {
        serve(exchange -> answer(exchange, 200, "ok"));
        CarrierHttp http = new CarrierHttp(
                URI.create("https://127.0.0.1:" + server.getAddress().getPort()),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
        assertThat(http.buy("/", Map.of(), BODY)).isInstanceOf(Answer.NothingSent.class);
        assertThat(clientPorts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"says nothing", "hangs up", "resets", "says a byte now and then"})
    void nothing_is_sent_to_whom_agrees_on_no_key(String how) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ExecutorService carrier = Executors.newSingleThreadExecutor();
            Future<Boolean> ended = carrier.submit(() -> agreeOnNothing(silent, how));
            CarrierHttp http = new CarrierHttp(
                    URI.create("https://127.0.0.1:" + silent.getLocalPort()),
                    Duration.ofMillis(400),
                    Duration.ofMillis(400));
            assertThat(http.buy("/", Map.of(), BODY))
                    .isInstanceOfSatisfying(
                            Answer.NothingSent.class,
                            unsent -> assertThat(unsent.why()).doesNotContain("Socket closed"));
            assertThat(ended.get(20, TimeUnit.SECONDS)).as("it was left").isTrue();
            carrier.shutdown();
        }
    }

    /** Until the other has gone. */
    private static boolean agreeOnNothing(ServerSocket silent, String how) throws IOException {
        try (Socket one = silent.accept()) {
            int first = one.getInputStream().read();
            assertThat(first).as("a hello").isEqualTo(22);
            if (how.equals("resets")) {
                one.setSoLinger(true, 0);
                return true;
            }
            one.setSoTimeout(50);
            while (!how.equals("hangs up")) {
                if (how.startsWith("says a byte")) {
                    one.getOutputStream().write(first);
                    first = 3;
                }
                try {
                    if (one.getInputStream().read() < 0) {
                        return true;
                    }
                } catch (SocketTimeoutException stillThere) {
                    continue;
                }
            }
        } catch (SocketException gone) {
            return true;
        }
        return true;
    }

    @Test
    void retry_after_is_read_in_seconds_and_as_a_date() {
        assertThat(retryAfter("120")).contains(Duration.ofMinutes(2));
        String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(10));
        assertThat(retryAfter(soon).orElseThrow()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        assertThat(retryAfter("Wed, 21 Oct 2015 07:28:00 GMT")).isEmpty();
        assertThat(retryAfter("soon")).isEmpty();
        assertThat(retryAfter("99999999")).as("nobody waits for years").contains(Duration.ofHours(1));
        assertThat(retryAfter("9".repeat(40))).contains(Duration.ofHours(1));
        assertThat(retryAfter("Tue, 31 Dec 2199 23:59:59 GMT")).contains(Duration.ofHours(1));
    }

    @Test
    void many_purchases_in_a_row_do_not_pile_up_threads() {
        serve(exchange -> answer(exchange, 200, "ok"));
        CarrierHttp http = http(Duration.ofSeconds(30));
        int before = Thread.activeCount();
        for (int i = 0; i < 300; i++) {
            assertThat(http.buy("/", Map.of(), BODY)).isInstanceOf(Answer.Read.class);
        }
        assertThat(Thread.activeCount()).isLessThan(before + 20);
    }

    private Optional<Duration> retryAfter(String header) {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", header);
            answer(exchange, 429, "slow down");
        });
        Answer answer = http(Duration.ofSeconds(5)).buy("/", Map.of(), BODY);
        server.removeContext("/");
        return ((Answer.Read) answer).retryAfter();
    }

    /** What is made of these bytes, said to be of this type. */
    private Answer answered(String type, byte[] body) {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });
        return http(Duration.ofSeconds(30)).get("/", Map.of());
    }

    private void serve(HttpHandler handler) {
        server.createContext("/", exchange -> {
            clientPorts.add(exchange.getRemoteAddress().getPort());
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                handler.handle(exchange);
            }
        });
    }

    private CarrierHttp http(Duration answer) {
        return new CarrierHttp(url(), Duration.ofSeconds(5), answer);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void await() {
        try {
            end.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        exchange.sendResponseHeaders(status, text.length());
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
