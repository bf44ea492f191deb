package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.access.Scope;
import io.waybill.ledger.Namespaces;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers who send too much, too slowly, or not to the end. */
class LimitsTest {
    @TempDir
    static Path folder;

    @TempDir
    static Path other;

    /** Gives callers all the time they need. */
    static RunningHub hub;

    static String head;
    static RunningHub hasty;
    static String hastyHead;

    @BeforeAll
    static void start() throws Exception {
        hub = new RunningHub(
                folder, "waybill.http.maxBody=4096\nwaybill.http.maxHeader=2048\nwaybill.http.maxUpload=8192\n");
        head = head(hub);
        hasty = new RunningHub(other, """
                waybill.http.headerTimeout=1s
                waybill.http.bodyTimeout=1s
                waybill.http.idleTimeout=2s
                waybill.http.maxBody=4096
                waybill.http.maxHeld=65536
                """);
        hastyHead = head(hasty);
    }

    private static String head(RunningHub hub) {
        return "POST /v1/orders HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: "
                + hub.key("shop", Set.of(Scope.ORDERS_WRITE), Namespaces.ALL) + "\r\n";
    }

    @AfterAll
    static void stop() {
        hub.close();
        hasty.close();
    }

    @BeforeEach
    void nobodyWasHandled() {
        hub.handled.set(0);
        hasty.handled.set(0);
    }

    @Test
    void a_body_over_the_limit_is_refused_before_it_is_read() throws IOException {
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send(head + "Content-Length: 4097\r\n\r\n");
            assertThat(socket.status()).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        }
        assertThat(hub.handled).hasValue(0);
    }

    @Test
    void an_address_or_headers_that_are_too_long_are_refused_by_a_problem() throws IOException {
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send("GET /v1/orders?q=" + "x".repeat(2048) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(socket.status()).endsWith("414 Request-URI Too Long");
            assertThat(socket.rest()).contains("application/problem+json", "\"address-too-long\"", "2048 bytes");
        }
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send("GET /v1/orders HTTP/1.1\r\nHost: localhost\r\nCookie: " + "x".repeat(2048) + "\r\n\r\n");
            assertThat(socket.status()).contains(" 431 ");
            assertThat(socket.rest()).contains("application/problem+json", "\"headers-too-large\"", "2048 bytes");
        }
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send("GET /v1/orders HTTP/1.1\r\nHost: localhost\r\nA b: c\r\n\r\n");
            assertThat(socket.status()).startsWith("HTTP/1.1 400");
            assertThat(socket.rest()).contains("application/problem+json", "\"request-unreadable\"");
        }
        assertThat(hub.handled).hasValue(0);
    }

    @Test
    void a_person_whose_form_is_too_large_is_told_on_a_page() throws Exception {
        HttpResponse<String> answer = hub.send(hub.to("/docs")
                .header("X-Api-Key", hub.key("olga", Set.of(Scope.ORDERS_WRITE), Namespaces.ALL))
                .header("Accept", "text/html,*/*;q=0.8")
                .header("Accept-Language", "en")
                .POST(BodyPublishers.ofString("x".repeat(4097))));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.body()).startsWith("<!doctype html>").contains("4096").doesNotContain("{");
    }

    @Test
    void a_body_of_unknown_length_is_counted() throws IOException {
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send(head + "Transfer-Encoding: chunked\r\n\r\n800\r\n" + "x".repeat(2048) + "\r\n");
            socket.send("801\r\n" + "x".repeat(2049) + "\r\n");
            assertThat(socket.status()).startsWith("HTTP/1.1 413");
        }
        assertThat(hub.handled).hasValue(0);
    }

    @Test
    void many_bodies_at_once_find_no_room_and_leave_it_again() throws IOException {
        List<RawSocket> crowd = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 9; i++) {
                crowd.add(new RawSocket(hasty.server.port()).send(hastyHead + "Content-Length: 10\r\n\r\nabc"));
            }
            for (RawSocket socket : crowd) {
                answers.add(socket.status());
            }
        } finally {
            for (RawSocket socket : crowd) {
                socket.close();
            }
        }
        assertThat(answers).contains("HTTP/1.1 503 Service Unavailable", "HTTP/1.1 408 Request Timeout");
        assertThat(hasty.get("/metrics").body()).contains("waybill_http_shed_total{reason=\"hub-busy\"}");
        await().ignoreExceptions().untilAsserted(() -> {
            try (RawSocket socket = new RawSocket(hasty.server.port())) {
                socket.send(hastyHead + "Content-Length: 2\r\n\r\n{}");
                assertThat(socket.status()).isEqualTo("HTTP/1.1 201 Created");
            }
        });
    }

    @Test
    void a_file_that_is_too_large_too_slow_or_cut_off_leaves_nothing_on_the_disk() throws IOException {
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send(upload(head) + "Transfer-Encoding: chunked\r\n\r\n1800\r\n" + "x".repeat(6144) + "\r\n");
            socket.send("801\r\n" + "x".repeat(2049) + "\r\n");
            assertThat(socket.status()).startsWith("HTTP/1.1 413");
        }
        try (RawSocket socket = new RawSocket(hasty.server.port())) {
            socket.send(upload(hastyHead) + "Content-Length: 10\r\n\r\nabc");
            assertThat(socket.status()).isEqualTo("HTTP/1.1 408 Request Timeout");
        }
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send(upload(head) + "Content-Length: 10\r\n\r\nabc");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(hub.spool).isNotEmptyDirectory());
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(hub.spool).isEmptyDirectory();
            assertThat(hasty.spool).isEmptyDirectory();
        });
    }

    private static String upload(String head) {
        return head.replace("/v1/orders", "/v1/batches");
    }

    @Test
    void a_stranger_is_refused_before_the_body_is_read() throws IOException {
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send("POST /v1/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\n");
            assertThat(socket.status()).isEqualTo("HTTP/1.1 401 Unauthorized");
        }
    }

    @Test
    void a_stranger_fills_neither_the_memory_nor_the_disk_through_a_page(@TempDir Path own) throws Exception {
        try (RunningHub roomy = new RunningHub(own, "waybill.http.maxHeld=262144\n")) {
            String key = roomy.key("shop", Set.of(Scope.READ), Namespaces.ALL);
            List<RawSocket> crowd = new ArrayList<>();
            try {
                for (String page : List.of("/money/invoices", "/upload", "/sign-in")) {
                    RawSocket stranger = new RawSocket(roomy.server.port());
                    crowd.add(stranger.send("POST " + page
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n" + "x".repeat(100_000)));
                    assertThat(stranger.status()).as(page).isEqualTo("HTTP/1.1 303 See Other");
                }
                RawSocket counted = new RawSocket(roomy.server.port());
                crowd.add(counted.send(
                        "POST /upload HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4001\r\n"
                                + "x".repeat(16_385) + "\r\n"));
                assertThat(counted.status()).startsWith("HTTP/1.1 413");
                assertThat(roomy.spool).isEmptyDirectory();
                assertThat(roomy.get("/v1/orders/1", "X-Api-Key", key).statusCode())
                        .isEqualTo(200);
            } finally {
                for (RawSocket socket : crowd) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void a_stranger_may_send_the_form_that_lets_them_in_and_nothing_of_it_goes_to_the_disk() {
        for (String page : List.of("/sign-in", "/upload")) {
            assertThat(hub.send(hub.to(page).POST(BodyPublishers.ofString("x".repeat(4_000))))
                            .body())
                    .as(page)
                    .isEqualTo("{\"memory\":4000,\"spooled\":false}");
        }
    }

    @Test
    void a_slow_header_is_cut_off() throws IOException {
        try (RawSocket socket = new RawSocket(hasty.server.port())) {
            socket.send("GET /health/live HTTP/1.1\r\nX-Slow: ");
            await().pollInterval(Duration.ofMillis(50)).until(() -> socket.isCutOffAfter("x"));
        }
    }

    @Test
    void a_slow_header_on_a_kept_connection_is_cut_off_too() throws IOException {
        try (RawSocket socket = new RawSocket(hasty.server.port())) {
            socket.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(socket.status()).isEqualTo("HTTP/1.1 200 OK");
            await().pollInterval(Duration.ofMillis(50)).until(() -> socket.isCutOffAfter("x"));
        }
    }

    @Test
    void a_slow_body_is_given_up() throws IOException {
        try (RawSocket socket = new RawSocket(hasty.server.port())) {
            socket.send(hastyHead + "Content-Length: 100\r\n\r\nabc");
            assertThat(socket.status()).isEqualTo("HTTP/1.1 408 Request Timeout");
        }
        assertThat(hasty.handled).hasValue(0);
    }

    @Test
    void whoever_still_sends_when_the_server_stops_hears_it_before_the_connection_goes(@TempDir Path own)
            throws Exception {
        RunningHub stopping = new RunningHub(own, "");
        String head = head(stopping) + "Expect: 100-continue\r\nContent-Length: 100\r\n\r\n";
        try (RawSocket order = new RawSocket(stopping.server.port());
                RawSocket file = new RawSocket(stopping.server.port())) {
            try (stopping) {
                assertThat(order.send(head).status()).isEqualTo("HTTP/1.1 100 Continue");
                assertThat(file.send(upload(head)).status()).isEqualTo("HTTP/1.1 100 Continue");
                order.send("abc");
                file.send("abc");
                stopping.ready = false;
            }

            assertThat(order.rest()).contains("HTTP/1.1 503 ", "Retry-After: 1\r\n");
            assertThat(file.rest()).contains("HTTP/1.1 503 ", "Retry-After: 1\r\n");
            assertThat(stopping.handled).hasValue(0);
        }
    }

    @Test
    void a_call_that_is_worked_on_longer_than_a_connection_may_say_nothing_is_answered(@TempDir Path own)
            throws Exception {
        try (RunningHub hub = new RunningHub(own, "waybill.http.idleTimeout=1s")) {
            String key = hub.key("shop", Set.of(Scope.READ), Namespaces.ALL);
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(
                    () -> hub.get("/v1/wait", "X-Api-Key", key).statusCode());
            await().until(() -> hub.handled.get() == 1);

            await().during(Duration.ofMillis(2_500)).until(() -> !status.isDone());
            hub.released.countDown();

            assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(204);
        }
    }

    @Test
    void half_a_body_is_no_request() throws IOException {
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send(head + "Content-Length: 100\r\n\r\nabc");
        }
        assertThat(hub.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(hub.handled).hasValue(0);
    }

    @Test
    void one_connection_more_than_the_limit_is_closed_and_a_place_that_is_left_is_free_again(@TempDir Path own)
            throws Exception {
        try (RunningHub small = new RunningHub(own, "waybill.http.maxConnections=2")) {
            try (RawSocket first = new RawSocket(small.server.port());
                    RawSocket second = new RawSocket(small.server.port())) {
                String ask = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
                assertThat(first.send(ask).status()).isEqualTo("HTTP/1.1 200 OK");
                assertThat(second.send(ask).status()).isEqualTo("HTTP/1.1 200 OK");
                try (RawSocket third = new RawSocket(small.server.port())) {
                    await().until(() -> third.isCutOffAfter("G"));
                }
            }
            await().ignoreExceptions().untilAsserted(() -> {
                try (RawSocket later = new RawSocket(small.server.port())) {
                    later.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    assertThat(later.status()).isEqualTo("HTTP/1.1 200 OK");
                }
            });
        }
    }

    @Test
    void a_header_over_the_limit_is_refused() throws IOException {
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send(head + "X-Long: " + "x".repeat(3000) + "\r\n\r\n");
            assertThat(socket.status()).contains(" 431 ");
        }
    }

    @Test
    void a_caller_who_asks_first_is_told_to_go_on() throws IOException {
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send(head + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(socket.status()).isEqualTo("HTTP/1.1 100 Continue");
            socket.send("{}");
            await().until(() -> hub.handled.get() == 1);
        }
    }
}
