package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.ledger.Stores;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route file that is refused keeps no hub from starting: its settings are meant for it. */
class RefusedRouteAtStartTest {
    private static final String MEANT_FOR_IT = """
            source.shop.namespace=acme
            source.shop.since=2026-01-01
            system.shop.url=https://shop.example.com
            system.shop.auth=none
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(folder.resolve("mappings"));
        Files.createDirectories(folder.resolve("routes/sources"));
        Stores.h2(folder.resolve("data"));
    }

    @Test
    void a_hub_runs_beside_a_route_file_that_cannot_be_read() throws Exception {
        Files.writeString(folder.resolve("routes/sources/shop.yaml"), "- from:\n    uri: [\n");

        try (Hub hub = Hub.start(settings(MEANT_FOR_IT))) {
            assertThat(hub.edges().refused()).isOne();
        }
    }

    @Test
    void what_is_misspelt_elsewhere_keeps_it_from_starting_all_the_same() throws Exception {
        Files.writeString(folder.resolve("routes/sources/shop.yaml"), "- from:\n    uri: [\n");

        assertThatThrownBy(() -> Hub.start(settings(MEANT_FOR_IT + "source.shp.since=2026-01-01\n")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("source.shp.since")
                .hasMessageNotContaining("nobody reads the setting source.shop");
    }

    private Settings settings(String more) {
        return Settings.of("""
                waybill.http.port=0
                waybill.data=%1$s/data
                waybill.mappings.dir=%1$s/mappings
                waybill.routes.dir=%1$s/routes
                """.formatted(folder) + more);
    }
}
