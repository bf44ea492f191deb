package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.cli.Desk;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are longer than a page of their lists. */
class LongTablesTest {
    private static final int SHIPMENTS = 1_100;
    private static Desk desk;

    @BeforeAll
    static void sell(@TempDir Path folder) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        SoldLabels.put(
                Stores.h2(new DataFolder(data).database()),
                "sandbox",
                "USD",
                IntStream.rangeClosed(1, SHIPMENTS)
                        .mapToObj(i -> new Label(
                                "SO-" + i,
                                "1Z" + i,
                                LocalDate.of(2026, 11, 16),
                                Map.of("shipping", new BigDecimal("8.10")),
                                false))
                        .toList());
        Path config = Files.writeString(folder.resolve("waybill.properties"), "waybill.data=" + data);
        desk = new HubWiring().deskOrNew(Settings.read(config, Map.of(), Map.of()));
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/crosswalk?account=sandbox", "/charges/sums?by=order", "/charges/sums?by=order&currency=USD"})
    void a_table_has_every_row_under_the_columns_a_page_has(String path, @TempDir Path folder) throws Exception {
        Path saved = folder.resolve("saved.csv");
        JsonNode page = desk.call("get", path, new byte[0], Locale.ENGLISH).body();
        desk.download(path + "&format=csv", saved, Locale.ENGLISH);

        List<String> lines = Files.readAllLines(saved);
        assertThat(page.path("items")).hasSize(500);
        assertThat(lines).hasSize(1 + SHIPMENTS).doesNotHaveDuplicates();
        assertThat(lines.get(0).replace("\uFEFF", "").split("[,;]"))
                .containsExactlyElementsOf(() -> page.at("/items/0").fieldNames());
    }
}
