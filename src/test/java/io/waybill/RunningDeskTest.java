package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.waybill.problem.ProblemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that stops, or is killed, while a command waits for it. */
class RunningDeskTest {
    @TempDir
    Path folder;

    @Test
    void a_hub_that_has_stopped_meanwhile_is_named_with_what_to_do() {
        URI address = URI.create("http://127.0.0.1:" + FreePort.next());

        assertThatThrownBy(() -> desk(address).call("get", "/batches/bat_1", new byte[0], Locale.ENGLISH))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the hub at " + address + " does not answer any more")
                .hasMessageContaining("Start it where it has stopped")
                .hasMessageNotContaining("null");
    }

    @Test
    void a_hub_that_is_killed_at_work_is_named_with_what_to_do() throws Exception {
        Path file = Files.writeString(folder.resolve("orders.csv"), "order_no\nI-1\n");
        try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
            new Thread(() -> hangUp(server), "killed").start();

            assertThatThrownBy(() -> desk(address).upload("/batches", file, Locale.ENGLISH))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("the hub at " + address + " does not answer any more");
            assertThatThrownBy(() ->
                            desk(address).download("/batches/bat_1/results", folder.resolve("out.csv"), Locale.ENGLISH))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("the hub at " + address + " does not answer any more");
        }
    }

    @Test
    void a_file_of_the_commands_own_is_named_and_not_a_hub_that_answers() throws Exception {
        Path nowhere = folder.resolve("no/such/out.csv");
        try (Answering hub = new Answering("{}")) {
            RunningDesk desk = desk(hub.address());

            assertThatThrownBy(() -> desk.download("/batches/bat_1/results", nowhere, Locale.ENGLISH))
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining(nowhere.toString());
            assertThatThrownBy(() -> desk.upload("/batches", nowhere, Locale.ENGLISH))
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessageContaining(nowhere.toString());
        }
    }

    @Test
    void an_answer_that_is_no_json_came_from_a_hub_that_is_there() throws Exception {
        try (Answering hub = new Answering("<html>")) {
            assertThatThrownBy(() -> desk(hub.address()).call("get", "/accounts", new byte[0], Locale.ENGLISH))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void what_a_download_that_broke_off_left_is_no_part_of_the_next() throws Exception {
        Files.writeString(folder.resolve("out.csv.part"), "of another time, and longer");
        try (Answering hub = new Answering("new")) {
            desk(hub.address()).download("/batches/bat_1/results", folder.resolve("out.csv"), Locale.ENGLISH);
        }

        assertThat(folder.resolve("out.csv")).hasContent("new");
    }

    /** A hub that answers whatever it is asked alike. */
    private record Answering(HttpServer server) implements AutoCloseable {
        Answering(String answer) throws IOException {
            this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            server.createContext("/", exchange -> {
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    /** Whoever calls, once something was asked. */
    private static void hangUp(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                caller.getInputStream().read();
            } catch (IOException closed) {
                // the test is over
            }
        }
    }

    private static RunningDesk desk(URI address) {
        return new RunningDesk(HubToken.next(address, Optional.empty()), HttpClient.newHttpClient());
    }
}
