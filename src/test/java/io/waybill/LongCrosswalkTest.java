package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.cli.Desk;
import io.waybill.ledger.Database;
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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongCrosswalkTest {
    private static final int SHIPMENTS = 1_100;

    @Test
    void a_table_of_shipments_has_all_of_them_under_the_columns_a_page_has(@TempDir Path folder) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Database database = Stores.h2(new DataFolder(data).database());
        SoldLabels.put(
                database,
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
        Path saved = folder.resolve("saved.csv");

        try (Desk desk = new HubWiring().desk(Settings.read(config, Map.of(), Map.of()))) {
            JsonNode page =
                    desk.call("get", "/crosswalk", new byte[0], Locale.ENGLISH).body();
            desk.download("/crosswalk?format=csv", saved, Locale.ENGLISH);

            List<String> lines = Files.readAllLines(saved);
            assertThat(page.path("items")).hasSize(500);
            assertThat(lines).hasSize(1 + SHIPMENTS).doesNotHaveDuplicates();
            assertThat(lines.get(0).replace("\uFEFF", "").split("[,;]"))
                    .containsExactlyElementsOf(StreamSupport.stream(
                                    ((Iterable<String>)
                                                    () -> page.at("/items/0").fieldNames())
                                            .spliterator(),
                                    false)
                            .toList());
        }
    }
}
