package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.Scope;
import io.waybill.ledger.Namespaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy before the hub takes for a body the hub never takes for a request of somebody else. */
class FramingTest {
    private static final String NEXT = "GET /v1/orders/1 HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    static Path folder;

    private static RunningHub hub;
    private static String head;

    @BeforeAll
    static void start() throws Exception {
        String key;
        try (RunningHub before = new RunningHub(folder, "")) {
            key = before.key("shop", Set.of(Scope.ORDERS_WRITE), Namespaces.ALL);
        }
        hub = new RunningHub(folder, "waybill.http.idleTimeout=2s\nwaybill.http.behindProxy=true");
        head = "POST /v1/orders HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: " + key + "\r\n";
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void nobodyWasHandled() {
        hub.handled.set(0);
    }

    @Test
    void of_two_lengths_one_is_taken_and_nothing_behind_the_body_is_heard() throws IOException {
        String told = said(
                "Content-Length: " + (5 + NEXT.length()) + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + NEXT);

        assertThat(told).startsWith("HTTP/1.1 201").containsOnlyOnce("HTTP/1.1");
        assertThat(hub.handled).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xchunked",
                "identity",
                "gzip, chunked",
                "chunked, identity",
                "chunked\r\nTransfer-Encoding: identity",
                "identity\r\nTransfer-Encoding: chunked"
            })
    void a_body_that_others_may_end_elsewhere_is_refused_and_nothing_behind_it_is_heard(String coding)
            throws IOException {
        String told = said("Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n" + NEXT);

        assertThat(told).containsOnlyOnce("HTTP/1.1");
        assertThat(told).startsWith("HTTP/1.1 400").contains("request-unreadable");
        assertThat(hub.handled).hasValue(0);
    }

    @Test
    void a_body_in_chunks_is_taken_and_its_caller_told_to_connect_anew() throws IOException {
        assertThat(said("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 201")
                .containsIgnoringCase("connection: close");
        assertThat(hub.handled).hasValue(1);
    }

    @Test
    void without_a_proxy_a_caller_that_sends_chunks_keeps_its_connection(@TempDir Path other) throws Exception {
        try (RunningHub direct = new RunningHub(other, "waybill.http.idleTimeout=2s")) {
            String key = direct.key("shop", Set.of(Scope.ORDERS_WRITE), Namespaces.ALL);
            String one = "POST /v1/orders HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: " + key
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";

            assertThat(said(direct, one + one))
                    .startsWith("HTTP/1.1 201")
                    .doesNotContainIgnoringCase("connection: close");
            assertThat(direct.handled).hasValue(2);
        }
    }

    private static String said(String rest) throws IOException {
        return said(hub, head + rest);
    }

    /** Everything that is answered until the hub closes. */
    private static String said(RunningHub hub, String all) throws IOException {
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            return socket.send(all).rest();
        }
    }
}
