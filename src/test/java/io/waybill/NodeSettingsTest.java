package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.settings.OwnerOnly;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NodeSettingsTest {
    @TempDir
    Path folder;

    @Test
    void each_data_folder_is_a_node_of_its_own_name_and_keeps_it() {
        try (Ledger ledger = open(Stores.postgres())) {
            assertThat(read("").name(data("a"), ledger)).isEqualTo("node-1");
            assertThat(read("").name(data("b"), ledger)).isEqualTo("node-2");
            assertThat(read("").name(data("a"), ledger)).isEqualTo("node-1");
            assertThat(read("waybill.node=packing-hall").name(data("c"), ledger))
                    .isEqualTo("packing-hall");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void the_name_a_folder_keeps_is_the_hubs_users_alone() throws IOException {
        try (Ledger ledger = open(Stores.postgres())) {
            DataFolder data = data("a");
            assertThat(read("").name(data, ledger)).isEqualTo("node-1");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.node())))
                    .isEqualTo(OwnerOnly.FILE);
        }
    }

    @Test
    void a_name_that_a_full_disk_or_a_kill_left_unwritten_is_none() throws IOException {
        try (Ledger ledger = open(Stores.postgres())) {
            DataFolder data = data("a");
            OwnerOnly.file(data.node());

            assertThat(read("").name(data, ledger)).isEqualTo("node-1");
            assertThat(read("").name(data("b"), ledger)).isEqualTo("node-2");
            assertThat(Files.readString(data.node())).isEqualTo("node-1\n");
        }
    }

    @Test
    void on_the_embedded_database_there_is_one_node() {
        try (Ledger ledger = open(Stores.h2(folder.resolve("data")))) {
            assertThat(read("").name(data("data"), ledger)).isEqualTo("node-1");
        }
    }

    @Test
    void what_is_no_name_and_too_short_a_silence_are_refused() {
        assertThatThrownBy(() -> read("waybill.node=a node")).hasMessageContaining("waybill.node");
        assertThatThrownBy(() -> read("nodes.silence=1s"))
                .hasMessageContaining("nodes.silence")
                .hasMessageContaining("5s or more");
    }

    private DataFolder data(String name) {
        return DataFolder.open(folder.resolve(name));
    }

    private static NodeSettings read(String text) {
        Settings settings = Settings.of(text);
        return NodeSettings.read(settings.section("waybill"), settings.section("nodes"));
    }

    private static Ledger open(Database database) {
        return Ledger.open(database, (namespace, type) -> List.of());
    }
}
