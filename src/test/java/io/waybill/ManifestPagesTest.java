package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Caller;
import io.waybill.cli.Desk;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.settings.Settings;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warehouse that hands over every day for more than a year. */
class ManifestPagesTest {
    private static final int DAYS = 450;

    @TempDir
    Path folder;

    @Test
    void every_day_that_was_handed_over_is_found_page_by_page_newest_first() throws Exception {
        List<String> handedOver = handedOver();
        Path config = Files.writeString(folder.resolve("waybill.properties"), "waybill.data=" + folder);

        List<String> found = new ArrayList<>();
        try (Desk desk = new HubWiring().deskOrNew(Settings.read(config, Map.of(), Map.of()))) {
            String next = "";
            do {
                JsonNode page = page(desk, next);
                page.path("items").forEach(item -> found.add(0, item.path("id").asText()));
                next = page.path("next").asText("");
            } while (!next.isEmpty() && found.size() <= DAYS);
        }

        assertThat(found).isEqualTo(handedOver);
    }

    private static JsonNode page(Desk desk, String cursor) throws Exception {
        String path = "/manifests?account=sandbox" + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
        return desk.call("get", path, new byte[0], Locale.ENGLISH).body();
    }

    private List<String> handedOver() throws Exception {
        Database database = Stores.h2(new DataFolder(folder).database());
        SoldLabels.put(
                database,
                "sandbox",
                "USD",
                IntStream.rangeClosed(1, DAYS)
                        .mapToObj(i -> new Label(
                                "SO-" + i,
                                "1Z" + i,
                                LocalDate.of(2026, 11, 16),
                                Map.of("shipping", new BigDecimal("8.10")),
                                false))
                        .toList());
        SoldLabels.unscan(
                database, IntStream.rangeClosed(1, DAYS).mapToObj(i -> "1Z" + i).toList());
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            List<String> labels = ledger.read(tx -> tx.manifests().waiting("sandbox", "sandbox", Namespaces.ALL, DAYS));
            return labels.stream()
                    .map(label -> ledger.commit(tx -> tx.manifests()
                            .open("sandbox", LocalDate.of(2026, 11, 16), Caller.LOCAL.name(), List.of(label))
                            .orElseThrow()))
                    .sorted()
                    .toList();
        }
    }
}
