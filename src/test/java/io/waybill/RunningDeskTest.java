package io.waybill;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
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
            assertThatThrownBy(() -> desk(address)
                            .download("/batches/bat_1/results", folder.resolve("out.csv"), Locale.ENGLISH))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("the hub at " + address + " does not answer any more");
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
