package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub whose log machines read: whatever it writes, be it on standard output or error, is an object a line. */
@Timeout(120)
class JsonLogTest {
    @TempDir
    Path folder;

    @Test
    void a_hub_that_starts_says_so_in_objects_and_says_nothing_twice() throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve("routes/sources")).resolve("odd.yaml"), "- rout: {}\n");
        List<JsonNode> said = new ArrayList<>();
        Process hub = run(settings("waybill.http.port=0\nsource.odd.namespace=acme\n"));
        try (BufferedReader lines = hub.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                said.add(object(line));
                if (line.contains("Waybill listens on")) {
                    hub.toHandle().destroy(); // its streams stay open
                }
            }
        } finally {
            hub.destroyForcibly();
        }

        assertThat(said)
                .extracting(JsonLogTest::message)
                .anyMatch(message -> message.startsWith("INFO There was no database in " + folder))
                .contains("INFO Route files: 0 run, 0 off, 1 refused.")
                .anyMatch(message -> message.startsWith("INFO Waybill listens on http"))
                .filteredOn(message -> message.startsWith("ERROR ") && message.contains("odd.yaml"))
                .hasSize(1);
    }

    @Test
    void a_hub_that_does_not_start_says_why_in_an_object() throws Exception {
        Process hub = run(settings("waybill.http.port=no-port\n"));
        List<String> lines = hub.inputReader(StandardCharsets.UTF_8).lines().toList();

        assertThat(hub.waitFor()).isOne();
        List<JsonNode> said = new ArrayList<>();
        for (String line : lines) {
            said.add(object(line));
        }
        assertThat(said)
                .extracting(JsonLogTest::message)
                .anyMatch(message -> message.startsWith("ERROR ") && message.contains("no-port"));
    }

    private static String message(JsonNode line) {
        return line.path("level").asText() + " " + line.path("formattedMessage").asText();
    }

    private static JsonNode object(String line) throws IOException {
        assertThat(line).startsWith("{");
        return Json.mapper().readTree(line);
    }

    private Process run(Path settings) throws IOException {
        ProcessBuilder hub = CommandProcess.builder("run", "--config", settings.toString());
        hub.environment().put("WAYBILL_LOG_FORMAT", "json");
        return hub.redirectErrorStream(true).start();
    }

    private Path settings(String more) throws IOException {
        return Files.writeString(
                folder.resolve("waybill.properties"),
                """
                waybill.data=%s
                waybill.mappings.dir=%s
                waybill.carriers.dir=%2$s
                waybill.routes.dir=%s
                account.sandbox.adapter=sandbox
                """.formatted(
                                        folder.resolve("data"),
                                        Files.createDirectories(folder.resolve("none")),
                                        Files.createDirectories(folder.resolve("routes")))
                        + more);
    }
}
