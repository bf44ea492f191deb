package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import io.waybill.text.Words;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSystemTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void what_a_system_answers_to_what_it_refuses_is_kept_for_a_person_and_out_of_the_log() {
        SystemException refused = failing("/422");

        assertThat(refused).hasMessageContaining("refuses: HTTP 422 {\"error\":\"Jane Roe is unknown\"}");
        assertThat(Words.toLog(new IllegalStateException(refused)))
                .contains("refuses: HTTP 422")
                .doesNotContain("Jane");
        assertThat(refused.quiet().sentence(java.util.Locale.ENGLISH)).doesNotContain("Jane");
    }

    @Test
    void a_system_that_answers_with_a_fault_or_a_redirect_is_not_told_as_away() {
        assertThat(failing("/500").problem().code()).isEqualTo("system-fails");
        SystemException elsewhere = failing("/302");
        assertThat(elsewhere)
                .hasMessageContaining("HTTP 302 https://shop.example.com/api")
                .hasMessageContaining(".url");
        assertThat(elsewhere.isLocked()).isTrue();
    }

    @Test
    void a_path_is_sent_encoded_and_never_leads_elsewhere() throws Exception {
        system().call("GET", "/200/SO 7#ü%/x?a=[1]&b=%20", null);
        assertThat(asked).containsExactly("/200/SO%207%23%C3%BC%25/x?a=%5B1%5D&b=%20");
        for (String path : List.of("/200/../x", "/200/%2e%2E/x", "/200/.%2e/x", "//x", "x", "/200/a\n")) {
            assertThatThrownBy(() -> system().call("GET", path, null)).isInstanceOf(ProblemException.class);
        }
    }

    private SystemException failing(String path) {
        return catchThrowableOfType(SystemException.class, () -> system().call("GET", path, null));
    }

    private HttpSystem system() {
        return HttpSystem.read(Settings.of("""
                system.shop.url=http://127.0.0.1:%d
                system.shop.privateNetwork=true
                system.shop.auth=none
                """.formatted(server.getAddress().getPort())), "shop");
    }

    private void answer(HttpExchange call) throws IOException {
        String uri = call.getRequestURI().toString();
        asked.add(uri);
        int status = Integer.parseInt(uri.substring(1, 4));
        byte[] body = (status == 200 ? "{}" : "{\"error\":\"Jane Roe is unknown\"}").getBytes(UTF_8);
        call.getResponseHeaders().set("Location", "https://shop.example.com/api?token=1");
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }
}
