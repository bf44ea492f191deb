package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The money at a terminal, without a hub. */
class MoneyCommandTest {
    private static final String DAY = "2026-11-16";

    @TempDir
    Path folder;

    @Test
    void a_file_that_is_not_there_is_told_in_a_sentence() throws Exception {
        String config = Files.writeString(folder.resolve("waybill.properties"), """
                waybill.data=%s
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:9
                """.formatted(folder.resolve("data")))
                .toString();
        CommandRun.begin(config);
        String[] command = {"reconcile", "", "--carrier", "ups", "--account", "sandbox", "--config", config};

        for (String file : List.of(folder.resolve("none.csv").toString(), folder.toString())) {
            command[1] = file;
            CommandRun run = CommandRun.of(command);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .doesNotContain("\tat ")
                    .contains(file)
                    .contains(file.equals(folder.toString()) ? "a file and no folder" : "none.csv");
        }
    }

    @Test
    void what_is_wrong_with_a_mapped_bill_is_told_with_its_line_row_and_column() throws Exception {
        String config = Files.writeString(folder.resolve("waybill.properties"), """
                waybill.data=%s
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:9
                """.formatted(folder.resolve("data")))
                .toString();
        CommandRun.begin(config);
        Path bill = Files.writeString(
                folder.resolve("november.csv"), "订单号,运单号,计费重,运费,燃油,补收,币种,汇率\nSO-1,1Z1,1.20,abc,4.62,0,USD,\n");

        CommandRun run = CommandRun.of(
                "reconcile",
                bill.toString(),
                "--mapping",
                "label-platform-bill",
                "--account",
                "sandbox",
                "--config",
                config,
                "--lang",
                "en");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "label-platform-bill/mapping.yaml:", ", row 2, source 运费: /charges/0/amount \"abc\" is not a");
    }

    @Test
    void an_invoice_is_reconciled_on_one_screen_with_every_line_in_a_file_and_the_calls_tell_the_rest()
            throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        String config = Files.writeString(folder.resolve("waybill.properties"), """
                waybill.data=%s
                waybill.contracts.dir=%s
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:9
                """.formatted(data, folder))
                .toString();
        Map<String, BigDecimal> parts = Map.of("shipping", new BigDecimal("8.10"));
        LocalDate day = LocalDate.parse(DAY);
        SoldLabels.put(
                Stores.h2(new DataFolder(data).database()),
                "sandbox",
                "USD",
                List.of(new Label("SO-1", "1Z1", day, parts, false), new Label("SO-2", "1Z2", day, parts, false)));
        Path file = Files.write(
                folder.resolve("nov.csv"),
                new UpsFile()
                        .charge("I-1", "1Z1", DAY, Charge.transport("8.10"))
                        .charge("I-1", "1Z1", DAY, Charge.adjusted("ADC", "Address Correction", "18.00"))
                        .bytes());
        Path details = folder.resolve("details.csv");

        CommandRun other = reconciled(file, folder.resolve("details.pdf"), config);
        assertThat(other.code()).isNotZero();
        assertThat(other.err()).contains("details.pdf", "a file that ends in .csv or .xlsx");
        assertThat(folder.resolve("details.pdf")).doesNotExist();

        byte[] bill = Files.readAllBytes(file);
        CommandRun itself = reconciled(file, folder.resolve("data/../nov.csv"), config);
        assertThat(itself.code()).isEqualTo(1);
        assertThat(itself.err()).contains("nov.csv is there already");
        assertThat(file).hasBinaryContent(bill);

        CommandRun run = reconciled(file, details, config);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("I-1", "26.10", "8.10", "18.00", "address-correction", "100.0 %", "Unexplained: 0.00 USD")
                .contains("not checked");
        assertThat(Files.readAllLines(details))
                .hasSize(3)
                .last()
                .asString()
                .contains("tracking-number", "ADC", "18.00");

        Settings settings = Settings.read(Path.of(config), Map.of(), Map.of());
        try (Desk desk = new HubWiring().deskOrNew(settings)) {
            assertThat(items(desk, "/accruals")).isEqualTo("sandbox CC-1 USD 16.20 0.00 16.20");
            JsonNode crosswalk = get(desk, "/crosswalk?account=sandbox").path("items");
            assertThat(crosswalk).hasSize(2);
            assertThat(crosswalk.get(0).path("variance").asText()).isEqualTo("18.00");
            assertThat(crosswalk.get(0).path("reason").asText()).isEqualTo("address-correction");
            assertThat(crosswalk.get(1).path("balance").asText()).isEqualTo("8.10");
            assertThat(crosswalk.get(0).path("trackingNumbers").toString()).isEqualTo("[\"1Z1\"]");
            assertThat(get(desk, "/refunds?state=pending&olderThan=30").path("items"))
                    .isEmpty();
            JsonNode open = get(desk, "/reconciliation?account=sandbox");
            assertThat(open.path("shipmentsNeverBilled")).hasSize(1);
            assertThat(open.at("/shipmentsNeverBilled/0/orderId").asText()).isEqualTo("SO-2");
            assertThat(open.path("unmatchedLines")).isEmpty();
            String id = get(desk, "/invoices").at("/items/0/id").asText();
            assertThat(get(desk, "/invoices/" + id).at("/rules/0/toDo").asText())
                    .isEqualTo("correct the address at its source");
            Desk.Reply own = desk.call("post", "/invoices/" + id + "/approve", new byte[0], Locale.ENGLISH);
            assertThat(own.status()).isEqualTo(403);
            assertThat(get(desk, "/journal").path("items")).isEmpty();
            byte[] rewritten = new UpsFile()
                    .charge("I-2", "1Z2", DAY, Charge.transport("8.1E+00"))
                    .bytesStating("8.10");
            Desk.Reply wrong = desk.call("post", "/invoices?carrier=ups&account=sandbox", rewritten, Locale.ENGLISH);
            assertThat(wrong.status()).isEqualTo(422);
            assertThat(wrong.body().at("/errors/0/detail").asText()).contains("Net Amount", "8.1E+00");
            assertThat(wrong.body().at("/errors/0/row").asText()).isEqualTo("1");
        }
        Path bad = Files.write(
                folder.resolve("bad.csv"),
                new UpsFile()
                        .charge("I-2", "1Z2", "16. November", Charge.transport("8.10"))
                        .bytes());
        CommandRun told = CommandRun.of(
                "reconcile",
                bad.toString(),
                "--carrier",
                "ups",
                "--account",
                "sandbox",
                "--config",
                config,
                "--lang",
                "en");
        CommandRun never = CommandRun.of("accruals", "--as-of", "2026-13-27", "--config", config, "--lang", "en");
        assertThat(never.err()).contains("a day, as 2026-11-30");
        CommandRun early = CommandRun.of("accruals", "--as-of", "2099-12-31", "--config", config, "--lang", "en");
        assertThat(early.err()).contains("a day that has begun");
        assertThat(told.err()).contains("row 1: column \"", "\"16. November\" is no date");
    }

    @Test
    void a_row_of_the_crosswalk_names_the_invoice_and_the_reason_of_its_own_currency() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path config = Files.writeString(folder.resolve("waybill.properties"), """
                waybill.data=%s
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:9
                """.formatted(data));
        Map<String, BigDecimal> parts = Map.of("shipping", new BigDecimal("8.10"));
        LocalDate day = LocalDate.parse(DAY);
        SoldLabels.put(
                Stores.h2(new DataFolder(data).database()),
                "sandbox",
                "USD",
                List.of(new Label("SO-1", "1Z1", day, parts, false), new Label("SO-2", "1Z2", day, parts, false)));
        Charge duty = new Charge("SHP", "", "GOV", "DTY", "Duty", "3.00");
        UpsFile dollars = new UpsFile().charge("I-1", "1Z1", DAY, Charge.transport("8.10"));
        UpsFile euros = new UpsFile()
                .row("I-2", "EUR", "1Z2", DAY, Charge.transport("7.00"))
                .row("I-2", "EUR", "1Z1", DAY, duty);

        try (Desk desk = new HubWiring().deskOrNew(Settings.read(config, Map.of(), Map.of()))) {
            for (UpsFile file : List.of(dollars, euros)) {
                desk.call("post", "/invoices?carrier=ups&account=sandbox", file.bytes(), Locale.ENGLISH);
            }
            List<String> rows = StreamSupport.stream(
                            get(desk, "/crosswalk?account=sandbox")
                                    .path("items")
                                    .spliterator(),
                            false)
                    .map(row -> Stream.of("currency", "variance", "reason", "invoice", "invoiceLine")
                            .map(column -> row.path(column).asText())
                            .collect(Collectors.joining(" ")))
                    .toList();
            assertThat(rows)
                    .containsExactly(
                            "EUR 3.00 currency-differs I-2 2",
                            "USD 0.00 null I-1 1",
                            "EUR 7.00 currency-differs I-2 1",
                            "USD -8.10 currency-differs I-2 1");
        }
    }

    private static JsonNode get(Desk desk, String path) {
        Desk.Reply reply = desk.call("get", path, new byte[0], Locale.ENGLISH);
        assertThat(reply.status()).as(path).isEqualTo(200);
        return reply.body();
    }

    private static String items(Desk desk, String path) {
        JsonNode row = get(desk, path).at("/items/0");
        return Stream.of("account", "costCenter", "currency", "expected", "billed", "accrual")
                .map(name -> row.path(name).asText())
                .collect(Collectors.joining(" "));
    }

    private static CommandRun reconciled(Path file, Path details, String config) {
        return CommandRun.of(
                "reconcile",
                file.toString(),
                "--carrier",
                "ups",
                "--account",
                "sandbox",
                "--details",
                details.toString(),
                "--config",
                config,
                "--lang",
                "en");
    }
}
