package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away under a running hub and comes back, or is not there at all. */
class DatabaseGoneFaults {
    @TempDir
    Path folder;

    @Test
    void while_the_database_is_gone_callers_are_turned_away_and_files_stay_and_then_it_goes_on_by_itself()
            throws Exception {
        Database database = Stores.postgres();
        try (OneHub hub = new OneHub(folder, database, "")) {
            assertThat(hub.post("BEFORE").statusCode()).isEqualTo(201);
            Stores.cutOff(database);
            try {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(hub.get("/health/ready").body())
                                .isEqualTo("{\"status\":\"not-ready\",\"why\":\"database-gone\"}"));
                assertThat(hub.get("/health/live").statusCode()).isEqualTo(200);
                HttpResponse<String> refused = hub.post("MEANWHILE");
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(refused.body()).contains("database-gone", "数据库");
                assertThat(hub.get("/metrics").body()).contains("waybill_database_gone 1.0");
                Path file = hub.drop("FILE-1");
                assertThat(file).exists();
            } finally {
                Stores.reconnect(database);
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> hub.get("/health/ready").statusCode() == 200);
            assertThat(hub.post("AFTER").statusCode()).isEqualTo(201);
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> hub.statusOf("FILE-1").equals("labelled"));
        }
    }

    @Test
    void a_hub_whose_database_is_not_there_says_so_in_a_sentence_and_ends() throws Exception {
        Path config = Files.writeString(
                folder.resolve("waybill.properties"), """
                waybill.data=%s
                waybill.db.url=jdbc:postgresql://127.0.0.1:%d/waybill
                """.formatted(folder.resolve("data"), FreePort.next()));

        CommandRun run = CommandRun.of("run", "--lang", "en", "--config", config.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("cannot be opened")
                .contains("Nothing was taken in.")
                .doesNotContain("\tat ");
    }
}
