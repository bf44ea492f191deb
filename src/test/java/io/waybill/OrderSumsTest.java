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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An order's number is one of its namespace: what two clients call alike is never one sum. */
class OrderSumsTest {
    private static Desk desk;

    @BeforeAll
    static void sell(@TempDir Path folder) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Database store = Stores.h2(new DataFolder(data).database());
        SoldLabels.put(store, "acme", "sandbox", "USD", List.of(label("1Z1", "8.10")));
        SoldLabels.put(store, "globex", "sandbox", "USD", List.of(label("1Z2", "3.05")));
        Path config = Files.writeString(folder.resolve("waybill.properties"), "waybill.data=" + data);
        desk = new HubWiring().deskOrNew(Settings.read(config, Map.of(), Map.of()));
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void orders_that_are_called_alike_in_two_namespaces_are_summed_apart() throws Exception {
        assertThat(sums("/charges/sums?by=order"))
                .containsExactly("acme SO-1 8.10 USD", "globex SO-1 3.05 USD")
                .isEqualTo(sums("/charges/sums?by=order&currency=USD"))
                .isEqualTo(sums("/charges/sums?by=namespace,order"));
        assertThat(sums("/charges/sums?by=order,namespace")).hasSize(2);
        assertThat(sums("/charges/sums?by=order&namespace=globex")).containsExactly("globex SO-1 3.05 USD");
        assertThat(sums("/charges/sums?by=account")).hasSize(1);
    }

    @Test
    void the_table_of_them_names_the_namespace_too(@TempDir Path folder) throws Exception {
        Path saved = folder.resolve("saved.csv");
        desk.download("/charges/sums?by=period,order&format=csv", saved, Locale.ENGLISH);

        assertThat(Files.readAllLines(saved).get(0))
                .endsWith("period,namespace,order,currency,quoted,expected,billed,settled,variance,noRate");
        assertThat(Files.readString(saved)).contains("2026-11,acme,SO-1,USD", "2026-11,globex,SO-1,USD");
    }

    @Test
    void what_is_expected_beside_the_prices_of_a_number_is_told_for_each_namespace() throws Exception {
        assertThat(expected("/rates?orderId=SO-1")).containsExactly("acme 8.10 USD", "globex 3.05 USD");
        assertThat(expected("/rates?orderId=SO-1&namespace=globex")).containsExactly("globex 3.05 USD");
    }

    private static List<String> expected(String path) throws Exception {
        List<String> expected = new ArrayList<>();
        desk.call("get", path, new byte[0], Locale.ENGLISH)
                .body()
                .path("expected")
                .forEach(row -> expected.add(row.path("namespace").asText()
                        + ' '
                        + row.path("amount").asText()
                        + ' '
                        + row.path("currency").asText()));
        return expected;
    }

    private static List<String> sums(String path) throws Exception {
        JsonNode page = desk.call("get", path, new byte[0], Locale.ENGLISH).body();
        List<String> sums = new ArrayList<>();
        page.path("items")
                .forEach(row -> sums.add(row.path("namespace").asText()
                        + ' '
                        + row.path("order").asText()
                        + ' '
                        + row.path("expected").asText()
                        + ' '
                        + row.path("currency").asText()));
        return sums;
    }

    private static Label label(String tracking, String amount) {
        return new Label(
                "SO-1", tracking, LocalDate.of(2026, 11, 16), Map.of("shipping", new BigDecimal(amount)), false);
    }
}
