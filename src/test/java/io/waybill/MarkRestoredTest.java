package io.waybill;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkRestoredTest {
    @TempDir
    Path folder;

    private final Database database = Stores.postgres();

    @Test
    void a_database_on_which_another_node_runs_is_not_marked_as_restored() {
        Hub other = Hub.start(settings("other", "waybill.node=packing-hall"));
        try {
            assertThatThrownBy(this::mark)
                    .hasMessageContaining("packing-hall")
                    .hasMessageContaining("Stop every one of them first");
        } finally {
            other.close();
        }

        mark();
    }

    private void mark() {
        new HubWiring().markRestored(settings("mine", ""), "monday.dump");
    }

    private Settings settings(String data, String more) {
        return Settings.of("""
                waybill.data=%s
                waybill.db.url=%s
                waybill.db.user=%s
                waybill.db.password=%s
                waybill.http.port=0
                waybill.routes.dir=%s
                %s
                """.formatted(
                        folder.resolve(data),
                        database.url(),
                        database.user(),
                        database.password(),
                        folder.resolve("routes"),
                        more));
    }
}
