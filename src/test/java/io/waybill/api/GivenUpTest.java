package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.access.Scope;
import io.waybill.ledger.Namespaces;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nothing stays of what is given up half way, by the hub or by who asked. */
class GivenUpTest {
    @TempDir
    static Path folder;

    static RunningHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = new RunningHub(folder, "waybill.http.bodyTimeout=1s\nwaybill.http.maxUpload=8192\n");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_file_that_comes_too_slowly_is_let_go_of_so_that_its_room_is_free_again() throws Exception {
        String key = hub.key("shop", Set.of(Scope.ORDERS_WRITE), Namespaces.ALL);
        try (RawSocket socket = new RawSocket(hub.server.port())) {
            socket.send("POST /v1/batches HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: " + key
                    + "\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(socket.status()).isEqualTo("HTTP/1.1 408 Request Timeout");
        }

        await().untilAsserted(() -> {
            assertThat(hub.spool).isEmptyDirectory();
            assertThat(heldIn(hub.spool)).isEmpty();
        });
    }

    @Test
    void a_table_nobody_waits_for_any_more_is_deleted() throws Exception {
        Path table = Files.createTempFile(folder, "orders", ".csv");
        hub.exported = table;
        try (RawSocket visitor = new RawSocket(hub.server.port())) {
            visitor.send("GET /export HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await().until(() -> hub.handled.get() == 1);
        }
        for (int seen = 0; seen < 3; seen++) {
            hub.get("/health/live");
        }

        hub.released.countDown();

        await().untilAsserted(() -> assertThat(table).doesNotExist());
    }

    /** The files of a folder this process has open, also those that are deleted. */
    private static List<String> heldIn(Path folder) throws IOException {
        List<String> held = new ArrayList<>();
        try (DirectoryStream<Path> handles = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path handle : handles) {
                held.add(target(handle));
            }
        }
        return held.stream().filter(file -> file.startsWith(folder.toString())).toList();
    }

    private static String target(Path handle) throws IOException {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        }
    }
}
