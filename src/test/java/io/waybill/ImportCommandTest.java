package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.sandbox.SandboxPace;
import io.waybill.carrier.sandbox.SandboxServer;
import io.waybill.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of orders handed over at a terminal: first while no hub runs, then beside one. */
class ImportCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_file_is_priced_without_a_hub_and_bought_once_beside_one() throws Exception {
        Path file = Files.writeString(folder.resolve("orders.csv"), """
                order_no;cust_ref;state;order_dt;first;last;company;street;zip;city;state_code;ctry;phone;svc;sku;descr;qty;price;weight_g;picker_id
                I-1;;released;24.11.2026 09:30;Jane;Roe;;1 Main St;78701;Austin;TX;USA;;STD;A-1;Mug;1;12,50;350;17
                I-2;;released;24.11.2026 09:30;Jane;Roe;;1 Main St;78701;Austin;TX;USA;;BOAT;A-1;Mug;1;12,50;350;17
                """);
        try (SandboxServer sandbox = SandboxServer.start(folder.resolve("book.jsonl"), 0, SandboxPace.DEFAULT)) {
            String config = config(sandbox.port());

            CommandRun looked = run(config, file, "--dry-run");
            assertThat(looked.out())
                    .contains("Orders: 2; 1 good, 1 bad", "USD together", "Nothing was bought", "2/2 looking");
            assertThat(looked.err()).contains("3: ", "BOAT", "a new one is begun there");
            assertThat(looked.code()).isOne();
            assertThat(run(config, folder.resolve("none.csv")).code()).isOne();
            assertThat(run(config, file, "--dry-run", "--commit").code()).isEqualTo(2);

            try (Hub hub = Hub.start(Settings.read(Path.of(config), Map.of(), Map.of()))) {
                assertThat(hub.port()).isPositive();
                assertThat(run(config, file, "--commit", "--max-total", "0.01").err())
                        .contains("which is more than the 0.01 USD allowed");
                assertThat(run(config, file, "--commit", "--max-total", "little")
                                .code())
                        .isEqualTo(2);
                Path results = folder.resolve("out.csv");

                CommandRun bought = run(config, file, "--commit", "--results", results.toString());

                assertThat(bought.out())
                        .contains("1 taken in, 0 known already, 1 bad", "Labels: 1 there, 0 still to come", "out.csv");
                assertThat(Files.readString(results)).contains(";labelled;WB", "BOAT");
                assertThat(run(config, file).out()).contains("was handed over before");
            }
        }
    }

    @Test
    void a_sheet_that_would_be_saved_as_what_it_is_not_is_told_before_anything_is_handed_over() throws Exception {
        Path file = Files.writeString(folder.resolve("orders.csv"), "order_no\nI-1\n");
        Path results = folder.resolve("back.txt");

        CommandRun refused = run(config(1), file, "--dry-run", "--results", results.toString());

        assertThat(refused.code()).isOne();
        assertThat(refused.err()).contains("back.txt", ".xlsx");
        assertThat(results).doesNotExist();
        byte[] orders = Files.readAllBytes(file);
        CommandRun itself = run(config(1), file, "--dry-run", "--results", file.toString());
        assertThat(itself.code()).isNotZero();
        assertThat(itself.err()).contains("is there already");
        assertThat(file).hasBinaryContent(orders);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private String config(int sandbox) throws Exception {
        return Files.writeString(folder.resolve("waybill.properties"), """
                        waybill.data=%s
                        waybill.routes.dir=%s
                        waybill.http.port=0
                        account.sandbox.adapter=sandbox
                        account.sandbox.baseUrl=http://127.0.0.1:%d
                        service.ground=sandbox:ground
                        defaults.namespace=acme
                        defaults.shipFrom.name=Acme Depot
                        defaults.shipFrom.line1=500 Depot Rd
                        defaults.shipFrom.city=Austin
                        defaults.shipFrom.state=TX
                        defaults.shipFrom.postalCode=78701
                        defaults.shipFrom.country=US
                        source.desk.mapping=acme-orders
                        """.formatted(
                                folder.resolve("data"), folder.resolve("routes"), sandbox))
                .toString();
    }

    private static CommandRun run(String config, Path file, String... more) {
        String[] all = new String[7 + more.length];
        System.arraycopy(
                new String[] {"import", file.toString(), "--source", "desk", "--config", config, "--lang=en"},
                0,
                all,
                0,
                7);
        System.arraycopy(more, 0, all, 7, more.length);
        return CommandRun.of(all);
    }
}
