package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchingNodeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"source.acme-sftp", "source.acme-sftp.send"})
    void every_route_of_a_source_is_fetched_by_the_node_it_names(String route) throws IOException {
        assertThat(fetches("packing-hall", route)).isFalse();
        assertThat(fetches("node-1", route)).isTrue();
        assertThat(fetches("each", route)).isTrue();
    }

    private boolean fetches(String node, String route) throws IOException {
        Settings settings = Settings.of("""
                waybill.node=node-1
                waybill.mappings.dir=%s
                source.acme-sftp.namespace=acme
                source.acme-sftp.node=%s
                """.formatted(Files.createDirectories(folder.resolve("mappings")), node));
        Stores.h2(folder.resolve(node));
        try (Spine spine = new Spine(settings, DataFolder.open(folder.resolve(node)), name -> event -> {})) {
            return spine.ground.node.fetches(route);
        }
    }
}
