package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.NewKey;
import io.waybill.access.Role;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Reason;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs a person, at a terminal: with a hub on the data folder and without one. */
class ExceptionsCommandTest {
    @TempDir
    Path folder;

    private String config;
    private Settings settings;

    @BeforeEach
    void write() throws Exception {
        config = Files.writeString(folder.resolve("waybill.properties"), """
                waybill.data=%s
                waybill.routes.dir=%s
                waybill.http.port=0
                """.formatted(
                                folder.resolve("data"), folder.resolve("routes")))
                .toString();
        settings = Settings.read(Path.of(config), Map.of(), Map.of());
    }

    @Test
    void without_a_hub_they_are_listed_shown_assigned_and_counted() throws Exception {
        offline(spine -> {
            open(spine.ground.ledger, "SO-1");
            spine.ground.access.create(NewKey.forPerson("Jane", Role.OPS, Namespaces.ALL), "admin");
        });
        assertCommandsWork();
    }

    @Test
    void with_a_hub_the_hub_answers_the_same() throws Exception {
        offline(spine -> {
            open(spine.ground.ledger, "SO-1");
            spine.ground.access.create(NewKey.forPerson("Jane", Role.OPS, Namespaces.ALL), "admin");
        });
        try (Hub hub = Hub.start(settings)) {
            assertThat(hub.port()).isPositive();
            assertCommandsWork();
        }
    }

    @Test
    void a_closed_one_is_listed_when_asked_for() throws Exception {
        offline(spine -> {
            open(spine.ground.ledger, "SO-1");
            spine.ground.ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.LABEL, "SO-1"));
        });

        assertThat(run("en", "list").out()).contains("0 open").doesNotContain("carrier-refused");
        assertThat(run("en", "list", "--closed").out()).contains("1 closed", "label", "carrier-refused");
        String id = id(run("en", "list", "--closed", "--json").out());
        assertThat(run("en", "retry", id).code()).isOne();
        assertThat(run("en", "retry", id).err()).contains("is closed: label");
    }

    @Test
    void the_language_may_stand_before_the_verb() throws Exception {
        offline(spine -> open(spine.ground.ledger, "SO-1"));
        String id = id(run("en", "list", "--json").out());

        CommandRun shown = CommandRun.of("exceptions", "--lang", "zh", "show", id, "--config", config);
        CommandRun causes = CommandRun.of("exceptions", "--lang=zh", "causes", "--config", config);
        CommandRun listed = CommandRun.of("exceptions", "--lang", "zh", "--config", config);
        CommandRun help = CommandRun.of("exceptions", "--lang", "zh", "--help");

        assertThat(shown.err()).isEmpty();
        assertThat(shown.out()).contains("承运商拒绝出售面单。");
        assertThat(causes.code()).isZero();
        assertThat(listed.out()).contains("1 个未关闭的异常");
        assertThat(help.out()).contains("causes", "assign");
    }

    @Test
    void columns_stand_under_each_other_in_chinese_too() throws Exception {
        offline(spine -> open(spine.ground.ledger, "SO-1"));

        List<String> lines = run("zh", "list").out().lines().toList();

        assertThat(lines.get(0)).isEqualTo("1 个未关闭的异常，其中 0 个已逾期。");
        assertThat(lines.get(1)).startsWith("编号").contains("原因", "发生了什么");
        int before = lines.get(2).indexOf("carrier-refused");
        String head = lines.get(1).substring(0, lines.get(1).indexOf("原因"));
        long wide = lines.get(2)
                .substring(0, before)
                .codePoints()
                .filter(Character::isIdeographic)
                .count();
        long wideHead = head.codePoints().filter(Character::isIdeographic).count();
        assertThat(head.length() + wideHead).isEqualTo(before + wide);
    }

    private void assertCommandsWork() throws Exception {
        CommandRun list = run("en");
        assertThat(list.code()).isZero();
        assertThat(list.out())
                .contains("1 open exceptions, 0 of them overdue.", "REASON", "carrier-refused", "in ")
                .contains("/shipTo/line1 ups refused: no such street");
        String id = id(run("en", "list", "--json").out());

        CommandRun shown = run("en", "show", id);
        assertThat(shown.out()).contains("The carrier refused to sell a label.", "To do", "correct the order");
        assertThat(run("zh", "show", id).out()).contains("承运商拒绝出售面单。", "处理办法");
        assertThat(Json.mapper()
                        .readTree(run("en", "show", id, "--json").out())
                        .path("id")
                        .asText())
                .isEqualTo(id);

        assertThat(run("en", "assign", id, "--to", "Jane").out()).contains("looked after by Jane");
        assertThat(run("en", "list", "--assignee", "Jane").out()).contains(id);
        assertThat(run("en", "--reason", "carrier-refused").out()).contains(id);
        assertThat(run("en", "--reason", "delivery-parked").out())
                .contains("0 open")
                .doesNotContain(id);
        assertThat(run("en", "--json", "list").code())
                .as("an option before its verb")
                .isEqualTo(2);
        assertThat(run("en", "list", "--assignee", "none").out())
                .contains("0 open")
                .doesNotContain(id);
        CommandRun wrong = run("en", "assign", id, "--to", "Nobody");
        assertThat(wrong.code()).isOne();
        assertThat(wrong.err()).contains("Nobody", "one of: Jane");
        assertThat(run("en", "assign", id, "--to", "none").out()).contains("looked after by nobody");

        assertThat(run("en", "causes").out()).contains("FIELD", "erp", "/shipTo/line1");
        assertThat(run("en", "causes", "--by", "reason", "--json").out()).contains("carrier-refused");

        assertThat(run("en", "show", "exc_none").code()).isOne();
        assertThat(run("en", "show", "exc_none").err()).contains("there is no exception exc_none");
        assertThat(run("en", "list", "--reason", "bad-luck").code()).isEqualTo(2);
        assertThat(run("en", "assign", id).code()).as("wrong use").isEqualTo(2);
    }

    private void offline(Consumer<Spine> work) {
        Spine spine = new Spine(settings, DataFolder.open(folder.resolve("data")), name -> event -> {});
        work.accept(spine);
        spine.drain();
        spine.close();
    }

    private static void open(Ledger ledger, String subject) {
        ledger.commitAll(tx -> tx.exceptions().open(Reason.CARRIER_REFUSED, subject, "acme", null, null, "erp", """
                        [{"code": "carrier-refused", "pointer": "/shipTo/line1",
                          "values": {"carrier": "ups", "words": "no such street"}}]"""));
    }

    private static String id(String json) throws Exception {
        return Json.mapper().readTree(json).at("/items/0/id").asText();
    }

    private CommandRun run(String language, String... more) {
        return CommandRun.of(
                Stream.of(Stream.of("exceptions"), Stream.of(more), Stream.of("--config", config, "--lang", language))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }
}
