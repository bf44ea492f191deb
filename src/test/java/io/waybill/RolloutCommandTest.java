package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How somebody moves a namespace from sheets to the API at a terminal. */
class RolloutCommandTest {
    @TempDir
    Path folder;

    private String config = "";

    @BeforeEach
    void settings() throws IOException {
        config = Files.writeString(folder.resolve("waybill.properties"), """
                        waybill.data=%1$s/data
                        waybill.routes.dir=%1$s/routes
                        account.sandbox.adapter=sandbox
                        account.sandbox.baseUrl=http://127.0.0.1:1
                        service.ground=sandbox:ground
                        defaults.namespace=acme
                        source.next.service=ground
                        namespace.acme.stages=labels,tracking
                        """.formatted(folder))
                .toString();
        CommandRun.begin(config);
    }

    @Test
    void channels_are_cut_over_and_rolled_back_and_what_cannot_be_is_said() {
        assertThat(run("rollout", "cut-over", "acme", "--close", "excel", "--open", "api", "--at", "now")
                        .out())
                .contains("excel: closed", "api: open (from 20", "folder: open (from -, until -)");
        assertThat(run("rollout", "back", "acme", "--reason", "printer trouble").out())
                .contains("excel: open (from -, until -)", "api: read-only");
        CommandRun twice = run("rollout", "back", "acme");
        assertThat(twice.code()).isOne();
        assertThat(twice.err()).contains("no change of the channels of acme is left to roll back");
        assertThat(run("rollout", "show", "acmee").err()).contains("no namespace \"acmee\"", "one of: acme");
        assertThat(run("rollout", "channel", "acme", "fax").err()).contains("api, excel, portal, folder, sql");
        assertThat(run("rollout", "channel", "acme", "sql", "--from", "tomorrow")
                        .err())
                .contains("\"tomorrow\" is no moment", "2026-12-01T00:00:00+01:00");
        assertThat(run(
                                "rollout",
                                "channel",
                                "acme",
                                "sql",
                                "--from",
                                "2026-12-02T00:00:00Z",
                                "--until",
                                "2026-12-01T00:00:00Z")
                        .err())
                .contains("sql would never be open");
    }

    @Test
    void stages_are_switched_one_by_one_and_the_next_one_says_what_it_lacks() {
        assertThat(run("rollout", "show").out())
                .contains("stage tracking: on", "stage refunds: off", "before refunds: acme has no label yet")
                .contains("before refunds: no sink of acme takes billing.refunded");
        assertThat(run("rollout", "stage", "acme", "refunds", "on").out())
                .contains("stage refunds: on", "before billing: the bill of sandbox is not pulled");
        assertThat(run("rollout", "stage", "acme", "labels", "off").out()).contains("stage labels: off");
    }

    @Test
    void a_source_is_only_looked_at_and_compared_on_the_screen_and_as_a_file() throws IOException {
        assertThat(run("shadow", "next", "--on", "--reason", "before the cut-over")
                        .out())
                .contains("next is only looked at");
        assertThat(run("rollout", "show", "acme").out()).contains("source next is only looked at: 0 documents");
        CommandRun report = run("shadow", "next");
        assertThat(report.code()).isZero();
        assertThat(report.out()).contains("next: 0 documents, 0 compared");
        Path csv = folder.resolve("differences.csv");
        assertThat(run("shadow", "next", "--csv", csv.toString()).code()).isZero();
        assertThat(csv).exists();
        assertThat(run("shadow", "next", "--csv", csv.toString()).err()).contains("differences.csv");
        assertThat(run("shadow", "next", "--off").out()).contains("taken in again");
    }

    @Test
    void the_profile_says_what_was_shipped_and_what_to_integrate_next() {
        assertThat(run("profile", "next").out())
                .contains("0 orders: 0 labels", "no account of this namespace has a rate sheet")
                .as("an option of another command")
                .doesNotContain("--rates");
        assertThat(run("profile", "next", "--json").out()).contains("\"live\"");
        CommandRun unknown = run("profile", "nobody");
        assertThat(unknown.code()).isOne();
        assertThat(unknown.err()).contains("nobody");
    }

    @Test
    void it_speaks_chinese_too() {
        CommandRun shown = CommandRun.of("rollout", "show", "acme", "--config", config, "--lang", "zh");
        assertThat(shown.code()).isZero();
        assertThat(shown.out()).contains("excel：开放", "阶段 refunds：已关闭", "开启 refunds 之前：acme 还没有面单");
    }

    private CommandRun run(String... words) {
        return CommandRun.of(Stream.concat(Arrays.stream(words), Stream.of("--config", config, "--lang", "en"))
                .toArray(String[]::new));
    }
}
