package io.waybill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.api.Answer;
import io.waybill.api.InProcess;
import io.waybill.batch.Taker;
import io.waybill.format.Document;
import io.waybill.ledger.Namespaces;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapping is changed while documents come: what it would change, what it makes of one, and what was rejected before. */
class MappingsAtWorkTest {
    private static final String MAPPING = """
            mapping: shop
            version: 1
            writes: order/1
            reads: { format: json }
            unmapped: warn
            fields:
              orderId: no
              service: { const: ground }
              shipTo.name: name
              shipTo.line1: { const: 1 Main St }
              shipTo.city: { const: Austin }
              shipTo.state: { const: TX }
              shipTo.postalCode: { const: "78701" }
              shipTo.country: { const: US }
              parcels[0].weight: { from: kg, decimal: ".", unit: kg }
            """;

    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void write() throws IOException {
        mapping(MAPPING);
        config = Files.writeString(folder.resolve("waybill.properties"), """
                waybill.data=%1$s/data
                waybill.mappings.dir=%1$s/mappings
                waybill.carriers.dir=%1$s/no-carriers
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:1
                service.ground=sandbox:ground
                defaults.namespace=acme
                defaults.shipFrom.name=Acme Depot
                defaults.shipFrom.line1=500 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                source.shop.mapping=shop
                source.shop.release=hold
                source.other.mapping=shop
                source.other.release=hold
                """.formatted(folder));
    }

    @Test
    void another_version_is_tried_on_what_came_and_names_the_fields_it_would_change() throws IOException {
        take(
                "{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1.5\"}",
                "{\"no\": \"A2\", \"name\": \"Bob\", \"kg\": \"2\"}");
        mapping(MAPPING.replace("version: 1", "version: 2")
                .replace("shipTo.name: name", "shipTo.name: { from: name, replace: { Ann: Anna } }\n  reference: no"));

        CommandRun changed = run("map", "diff", "shop", "--from", "1", "--to", "file", "--last", "50");
        assertThat(changed.err()).isEmpty();
        assertThat(changed.out())
                .contains("2 of 2 documents would come out differently, version 1 to 2")
                .contains("reference: 2 documents", "shipTo.name: 1 documents", "\"A**\" -> \"A***\"")
                .doesNotContain("Ann");
        assertThat(changed.code()).isOne();

        CommandRun same = run("map", "diff", "shop", "--from", "1", "--to", "1");
        assertThat(same.out()).contains("2 documents come out the same");
        assertThat(same.code()).isZero();
        assertThat(run("map", "diff", "shop", "--from", "9").err())
                .contains("no version 9")
                .contains("expected 1");
        assertThat(run("map", "diff", "shop", "--to", "files").err())
                .contains("the parameter to cannot be \"files\" (expected file, or a version: 1, 2, 3)");
    }

    @Test
    void a_version_that_refuses_what_the_other_took_is_told_as_the_outcome() throws IOException {
        take("{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1.5\"}");
        mapping(MAPPING.replace("version: 1", "version: 2").replace("from: kg,", "from: grams, required: true,"));

        assertThat(run("map", "diff", "shop", "--from", "1", "--to", "file").out())
                .contains("(outcome): 1 documents")
                .contains("\"mapped\" -> \"refused: REQUIRED parcels[0].weight\"");
    }

    @Test
    void a_document_that_came_becomes_a_test_without_the_person_in_it() throws IOException {
        mapping(MAPPING + "ignore: [remark]\n");
        take("{\"no\": \"A1\", \"name\": \"Annabel Lee\", \"kg\": \"1.5\", \"remark\": \"ring for Annabel Lee\"}");
        String id = originals().get(0);

        CommandRun recorded = run("map", "record", id, "--mapping", "shop", "--name", "an order, as it came");
        assertThat(recorded.err()).isEmpty();
        assertThat(recorded.out()).contains("an-order-as-it-came.document.json");
        assertThat(recorded.code()).isZero();
        Path shop = folder.resolve("mappings/shop");
        JsonNode sample = Json.mapper()
                .readTree(shop.resolve("an-order-as-it-came.document.json").toFile());
        assertThat(sample.path("no").asText()).isEqualTo("A1");
        assertThat(sample.path("name").asText())
                .matches("[A-Z][a-z]{6} [A-Z][a-z]{2}")
                .isNotEqualTo("Annabel Lee");
        assertThat(Files.readString(shop.resolve("mapping.yaml")))
                .contains("version: 2")
                .contains("input: an-order-as-it-came.document.json")
                .doesNotContain("Annabel");
        CommandRun check = run("map", "check");
        assertThat(check.out()).contains("1 tests, 0 failed");

        assertThat(run("map", "record", id, "--mapping", "shop", "--name", "an order, as it came")
                        .err())
                .contains("there is a test or a file called");
        assertThat(run("map", "record", "doc_none", "--mapping", "shop", "--name", "x")
                        .err())
                .contains("there is no document doc_none of the mapping shop");
    }

    @Test
    void a_source_is_as_ready_as_the_documents_that_are_kept_of_it() throws IOException {
        take(
                "{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1.5\"}",
                "{\"no\": \"A2\", \"name\": \"Bob\", \"kg\": \"heavy\"}");

        JsonNode report = call("get", "/readiness?source=shop", "");

        assertThat(report.path("documents").asInt()).isEqualTo(2);
        assertThat(report.path("valid").asInt()).isOne();
        assertThat(report.at("/problems/codes/0/word").asText()).isEqualTo("NOT_A_NUMBER");
        assertThat(report.path("verdicts").findValuesAsText("question"))
                .containsExactly("fields", "responses", "channels", "reconciliation");
        CommandRun shown = run("readiness", "--source", "shop");
        assertThat(shown.out()).contains("2 documents: 1 can be taken in, 1 have problems");
        assertThat(shown.code()).isOne();
        assertThat(run("readiness", "--source", "nobody").err()).contains("there is no source \"nobody\"");
        assertThat(call("get", "/readiness", "").path("status").asInt()).isEqualTo(400);
    }

    @Test
    void a_source_for_several_namespaces_is_told_to_each_of_them_by_its_own_orders() throws IOException {
        mapping(MAPPING + "  namespace: for\n");
        take(
                "{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1.5\", \"for\": \"acme\"}",
                "{\"no\": \"A2\", \"name\": \"Bob\", \"kg\": \"2\", \"for\": \"globex\"}",
                "{\"no\": \"A3\", \"name\": \"Cy\", \"kg\": \"heavy\", \"for\": \"globex\"}");
        Caller acme = new Caller(
                "acme",
                Optional.empty(),
                Set.of(Scope.READ),
                Namespaces.of(Set.of("acme")),
                false,
                Optional.empty(),
                Optional.empty());

        assertThat(call("get", "/readiness?source=shop", "").path("documents").asInt())
                .isEqualTo(3);
        assertThat(call(acme, "get", "/readiness?source=shop", "")
                        .path("documents")
                        .asInt())
                .isOne();
        assertThat(call("get", "/profile?source=shop", "").at("/live/orders").asInt())
                .isEqualTo(2);
        assertThat(call(acme, "get", "/profile?source=shop", "")
                        .at("/live/orders")
                        .asInt())
                .isOne();
    }

    @Test
    void a_document_is_tried_without_being_kept() throws IOException {
        JsonNode good =
                call("post", "/mappings/shop/try", "{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1.5\", \"odd\": 1}");
        JsonNode one = good.at("/documents/0");
        assertThat(one.path("result").asText()).isEqualTo("mapped");
        assertThat(one.at("/output/shipTo/name").asText()).isEqualTo("Ann");
        assertThat(one.at("/unread/0").asText()).isEqualTo("odd");
        assertThat(one.path("fields")).anySatisfy(field -> {
            assertThat(field.path("field").asText()).isEqualTo("/orderId");
            assertThat(field.path("source").asText()).isEqualTo("no");
            assertThat(field.path("raw").asText()).isEqualTo("A1");
        });

        JsonNode bad = call(
                "post", "/mappings/shop/try", "{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"heavy\", \"odd\": 1}");
        assertThat(bad.at("/documents/0/result").asText()).isEqualTo("refused");
        assertThat(bad.at("/documents/0/problems/0/code").asText()).isEqualTo("NOT_A_NUMBER");
        assertThat(bad.at("/documents/0/problems/0/line").asText()).startsWith("shop/mapping.yaml:");
        assertThat(bad.at("/documents/0/warnings/0/code").asText()).isEqualTo("UNMAPPED_SOURCE_FIELD");

        assertThat(call("post", "/mappings/shopp/try", "{}").path("status").asInt())
                .isEqualTo(404);
        assertThat(originals()).isEmpty();
        assertThat(orders()).isEmpty();
    }

    @Test
    void what_would_be_called_off_or_wait_is_said_as_that_when_it_is_tried() throws IOException {
        mapping(MAPPING
                + "cancel: { when: { from: state, in: [off] }, reason: called off }\n"
                + "hold: { when: { from: state, in: [wait] }, reason: taken back }\n");

        for (String state : List.of("off", "wait")) {
            JsonNode one = call("post", "/mappings/shop/try", "{\"no\": \"A1\", \"state\": \"" + state + "\"}")
                    .at("/documents/0");
            assertThat(one.path("result").asText()).isEqualTo(state.equals("off") ? "cancelled" : "held");
            assertThat(one.path("reason").asText()).isEqualTo(state.equals("off") ? "called off" : "taken back");
        }
    }

    @Test
    void a_sheet_is_tried_row_by_row_and_a_wrong_header_is_told_once() throws IOException {
        mapping(MAPPING.replace("json", "csv"));
        JsonNode rows = call("post", "/mappings/shop/try", "no,name,kg\nA1,Ann,1.5\nA2,Bob,heavy\n");
        assertThat(rows.at("/documents/0/result").asText()).isEqualTo("mapped");
        assertThat(rows.at("/documents/1/problems/0/detail").asText()).contains("heavy");
        assertThat(rows.path("more").asBoolean()).isFalse();

        JsonNode header = call("post", "/mappings/shop/try", "no,name,weight\nA1,Ann,1.5\n");
        assertThat(header.path("status").asInt()).isEqualTo(422);
        assertThat(header.at("/errors/0/code").asText()).isEqualTo("UNKNOWN_COLUMN");

        String many = "no,name,kg\n" + "A1,Ann,1.5\n".repeat(30);
        JsonNode first = call("post", "/mappings/shop/try", many);
        assertThat(first.path("documents")).hasSize(20);
        assertThat(first.path("more").asBoolean()).isTrue();
    }

    @Test
    void the_list_says_which_version_serves_and_what_is_wrong_with_the_file() throws IOException {
        assertThat(call("get", "/mappings", "").at("/items/0/version").asInt()).isEqualTo(1);
        take();
        mapping(MAPPING.replace("1 Main St", "2 Main St"));

        JsonNode answer = call("get", "/mappings", "");
        assertThat(answer.at("/items/0/name").asText()).isEqualTo("shop");
        assertThat(answer.at("/items/0/writes").asText()).isEqualTo("order/1");
        assertThat(answer.at("/items/0/reads").asText()).isEqualTo("json");
        assertThat(answer.at("/items/0/sha256").asText()).hasSize(64);
        assertThat(answer.at("/items/0/problems/0/code").asText()).isEqualTo("VERSION_REUSED");
    }

    @Test
    void a_document_by_rest_is_kept_too_unless_nothing_is_to_be_kept() throws IOException {
        String body = "{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1.5\"}";
        call("post", "/orders?source=shop", body);
        assertThat(originals()).hasSize(1);

        Files.writeString(config, Files.readString(config) + "originals.keep=0\n");
        call("post", "/orders?source=shop", body.replace("A1", "A2"));
        assertThat(orders()).hasSize(2);
        assertThat(originals()).hasSize(1);
    }

    @Test
    void what_was_rejected_is_replayed_through_the_mapping_of_today_and_only_once() throws IOException {
        take(
                "{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1,5\"}",
                "{\"no\": \"A2\", \"name\": \"Bob\", \"kg\": \"heavy\"}",
                "{\"no\": \"A3\", \"name\": \"Cy\", \"kg\": \"2,25\"}");
        assertThat(run("replay", "--rejected").code()).isOne();
        mapping(MAPPING.replace("version: 1", "version: 2").replace("decimal: \".\"", "decimal: \",\""));

        assertThat(run("replay", "--rejected", "--source", "other").out()).contains("0 of 0 rejected");
        CommandRun replayed = run("replay", "--rejected", "--source", "shop");
        assertThat(replayed.out())
                .contains("1/3 ", "3/3 ", ": is an order now", "2 of 3 rejected documents are orders now")
                .contains(
                        ": stays rejected: shop/mapping.yaml:15, row 1, source kg: /parcels/0/weight \"heavy\" is not a number (expected 1.234,56)");
        assertThat(replayed.code()).isOne();

        assertThat(run("replay", "--rejected").out()).contains("0 of 1 rejected");
        assertThat(orders()).containsExactlyInAnyOrder("A1 1", "A3 1");
        assertThat(run("map", "diff", "shop", "--from", "2", "--to", "2").code())
                .as("what took documents in is on record")
                .isZero();
        assertThat(run("replay").code()).as("neither a delivery nor --rejected").isEqualTo(2);
    }

    @Test
    void a_replay_through_a_mapping_older_than_its_file_says_that_the_mended_one_does_not_serve_yet()
            throws IOException {
        String bad = "{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1,5\"}";
        take(bad);
        assertThat(run("replay", "--rejected").out()).doesNotContain("still serves");

        mapping(MAPPING.replace("decimal: \".\"", "decimal: \",\""));
        assertThat(run("replay", "--rejected").out())
                .contains("0 of 1 rejected", "Version 1 of the mapping shop still serves, and its file is another text")
                .as("none runs")
                .doesNotContain("start the hub");

        mapping(MAPPING.replace("version: 1", "version: 2").replace("decimal: \".\"", "decimal: \",\""));
        assertThat(run("replay", "--rejected").out())
                .contains("1 of 1 rejected")
                .doesNotContain("still serves");
    }

    @Test
    void a_replay_tells_of_the_mappings_of_its_own_documents_alone_and_what_keeps_one_from_serving()
            throws IOException {
        Path other = folder.resolve("mappings/extra/mapping.yaml");
        Files.createDirectories(other.getParent());
        Files.writeString(other, MAPPING.replace("mapping: shop", "mapping: extra"));
        take("{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1,5\"}");
        Files.writeString(
                other, MAPPING.replace("mapping: shop", "mapping: extra").replace("1 Main", "2 Main"));
        assertThat(run("replay", "--rejected").out())
                .contains("0 of 1 rejected")
                .doesNotContain("extra");

        mapping(MAPPING.replace("version: 1", "version: 2").replace("decimal: \".\"", "decmal: \",\""));
        CommandRun broken = run("replay", "--rejected");
        assertThat(broken.out()).contains("0 of 1 rejected").doesNotContain("extra");
        assertThat(broken.err()).contains("shop/mapping.yaml:15", "decmal");
    }

    @Test
    void a_mapping_that_was_changed_under_the_number_that_serves_is_told_by_check_before_the_next_start()
            throws IOException {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(
                config,
                Files.readString(config) + "waybill.http.port=0\nwaybill.routes.dir=" + folder.resolve("routes")
                        + "\n");
        try (Hub hub = Hub.start(Settings.read(config, Map.of(), Map.of()))) {
            assertThat(hub.port()).isPositive();
            assertThat(run("check").err()).doesNotContain("is another text");

            mapping(MAPPING.replace("1 Main St", "2 Main St"));
            assertThat(run("check").err())
                    .contains(
                            folder.resolve("mappings/shop/mapping.yaml")
                                    + ":2: version 1 of this mapping is another text",
                            "Raise \"version:\"");

            mapping(MAPPING.replace("1 Main St", "2 Main St").replace("version: 1", "version: 2"));
            assertThat(run("check").err()).doesNotContain("is another text");
        }
    }

    @Test
    void it_is_told_while_no_hub_runs_too_and_the_database_is_left_as_it_was() throws IOException {
        take("{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1.5\"}");
        assertThat(run("check").err()).doesNotContain("is another text", "could not be read");
        Path database = folder.resolve("data/waybill.mv.db");
        byte[] before = Files.readAllBytes(database);

        mapping(MAPPING.replace("1 Main St", "2 Main St"));
        assertThat(run("check").err())
                .contains(
                        folder.resolve("mappings/shop/mapping.yaml") + ":2: version 1 of this mapping is another text");
        mapping(MAPPING.replace("1 Main St", "2 Main St").replace("version: 1", "version: 2"));
        assertThat(run("check").err()).doesNotContain("is another text");

        assertThat(database).hasBinaryContent(before);
    }

    @Test
    void it_is_told_of_the_database_of_a_hub_that_was_killed_and_one_that_is_open_elsewhere_is_not_read()
            throws IOException {
        Path data = folder.resolve("data");
        Path killed = Files.createDirectories(folder.resolve("killed"));
        mapping(MAPPING);
        try (Spine spine = spine()) {
            spine.ground.recordMappings();
            Files.copy(data.resolve("waybill.mv.db"), killed.resolve("waybill.mv.db"));
            assertThat(run("check").out()).contains("which versions of the mappings served could not be read");
        }
        mapping(MAPPING.replace("1 Main St", "2 Main St"));

        Files.writeString(config, Files.readString(config).replace("waybill.data=" + data, "waybill.data=" + killed));

        assertThat(run("check").err()).contains("version 1 of this mapping is another text");
    }

    @Test
    void a_hub_starts_with_a_bad_mapping_serves_the_last_good_one_and_check_says_so() throws IOException {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(
                config,
                Files.readString(config) + "waybill.http.port=0\nwaybill.routes.dir=" + folder.resolve("routes")
                        + "\n");
        Hub.start(Settings.read(config, Map.of(), Map.of())).close();
        mapping(MAPPING.replace("1 Main St", "2 Main St"));

        try (Hub hub = Hub.start(Settings.read(config, Map.of(), Map.of()))) {
            assertThat(hub.edges().problems().toString()).contains("shop/mapping.yaml:2", "is another text");
            assertThat(run("map", "diff", "shop", "--from", "1", "--to", "1").code())
                    .isZero();
            CommandRun check = run("check");
            assertThat(check.out() + check.err()).contains("shop/mapping.yaml:2: the running hub says: version 1");
        }
    }

    private CommandRun run(String... words) {
        List<String> all = new java.util.ArrayList<>(List.of(words));
        all.addAll(List.of("--lang", "en", "--config", config.toString()));
        return CommandRun.of(all.toArray(new String[0]));
    }

    private void take(String... documents) throws IOException {
        try (Spine spine = spine()) {
            spine.ground.recordMappings();
            for (String text : documents) {
                Taker.Context context = new Taker.Context(
                        new SourceFeeds(spine.plan.sources, spine.ground.mappings).feed("shop", null, null, "file"),
                        "key" + text.hashCode(),
                        null,
                        null,
                        null);
                spine.takingIn.mapped.take(Document.of(Json.mapper().readTree(text)), context);
            }
        }
    }

    @Test
    void a_call_that_comes_again_is_answered_with_its_order_whatever_its_mapping_says_by_now() throws IOException {
        String body = "{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1.5\"}";
        String order = posted("k1", body).path("id").asText();
        assertThat(order).startsWith("ord_");

        mapping(MAPPING.replace("version: 1", "version: 2").replace("from: kg,", "from: grams, required: true,"));
        assertThat(posted("k1", body).path("id").asText()).isEqualTo(order);
        assertThat(posted("k2", body).findValuesAsText("code")).contains("REQUIRED");
        assertThat(posted("k1", body.replace("Ann", "Bob")).findValuesAsText("code"))
                .contains("REQUIRED");

        mapping(MAPPING.replace("version: 1", "version: 3") + "skip: { when: { exists: no }, reason: not ours }\n");
        assertThat(posted("k1", body).path("id").asText()).isEqualTo(order);
        assertThat(orders()).containsExactly("A1 1");
    }

    @Test
    void a_call_is_read_where_its_mapping_says_documents_stand_as_a_file_is() throws IOException {
        mapping(MAPPING.replace("format: json", "format: json, records: data.orders"));
        String one = "{\"no\": \"A1\", \"name\": \"Ann\", \"kg\": \"1.5\"}";

        assertThat(posted("k1", "{\"data\": {\"orders\": [" + one + "]}}")
                        .path("orderId")
                        .asText())
                .isEqualTo("A1");
        assertThat(posted("k2", "{\"data\": {\"orders\": " + one.replace("A1", "A2") + "}}")
                        .path("orderId")
                        .asText())
                .isEqualTo("A2");
        assertThat(posted("k3", one.replace("A1", "A3")).path("orderId").asText())
                .as("the order alone, as it was always taken")
                .isEqualTo("A3");
        assertThat(posted("k4", "{\"data\": {\"orders\": [" + one + "," + one + "]}}")
                        .path("detail")
                        .asText())
                .isEqualTo("there are 2 documents at data.orders, and a call brings one");
        assertThat(orders()).containsExactly("A1 1", "A2 1", "A3 1");
    }

    @Test
    void a_letter_that_was_lost_on_its_way_comes_through_no_mapping_into_a_label() throws IOException {
        for (String lost : List.of("\\ufffd", "\uFFFD", "\\u0085")) {
            String body = "{\"no\": \"A1\", \"name\": \"An" + lost + "n\", \"kg\": \"1.5\"}";
            JsonNode told = posted("k" + lost.length(), body);
            assertThat(told.findValuesAsText("pointer")).as(told.toString()).containsExactly("/shipTo/name");
            take(body);
        }
        assertThat(orders()).isEmpty();
    }

    @Test
    void a_format_of_a_route_that_nobody_knows_is_named_with_those_there_are() {
        try (Spine spine = spine()) {
            SourceFeeds feeds = new SourceFeeds(spine.plan.sources, spine.ground.mappings);

            assertThatThrownBy(() -> feeds.feed("shop", null, "jsn", "file"))
                    .hasMessageContaining("the format \"jsn\" is not known")
                    .hasMessageContaining("json");
        }
    }

    private JsonNode posted(String key, String body) throws IOException {
        try (Spine spine = spine()) {
            Answer answer = new InProcess(spine.api().resources(0), Caller.LOCAL)
                    .call(
                            "post",
                            "/orders?source=shop",
                            body.getBytes(UTF_8),
                            Map.of("Idempotency-Key", key),
                            Locale.ENGLISH);
            return Json.mapper().readTree(answer.body());
        }
    }

    private JsonNode call(String verb, String path, String body) throws IOException {
        return call(Caller.LOCAL, verb, path, body);
    }

    private JsonNode call(Caller caller, String verb, String path, String body) throws IOException {
        try (Spine spine = spine()) {
            Answer answer = new InProcess(spine.api().resources(0), caller)
                    .call(verb, path, body.getBytes(UTF_8), Locale.ENGLISH);
            return Json.mapper().readTree(answer.body());
        }
    }

    private List<String> originals() {
        try (Spine spine = spine()) {
            return spine.ground.ledger.read(tx -> tx.originals().latest("shop", 10));
        }
    }

    /** Number and count of shipments of each. */
    private List<String> orders() {
        try (Spine spine = spine()) {
            return spine.ground.ledger.read(tx -> List.of("A1", "A2", "A3").stream()
                    .flatMap(number -> tx.orders().lock("acme", number).stream())
                    .filter(order -> !tx.shipments().of(order.id()).isEmpty())
                    .map(order -> order.orderId() + " "
                            + tx.shipments().of(order.id()).size())
                    .toList());
        }
    }

    private Spine spine() {
        return new Spine(
                Settings.read(config, Map.of(), Map.of()),
                DataFolder.open(folder.resolve("data")),
                name -> event -> {});
    }

    private void mapping(String text) throws IOException {
        Path file = folder.resolve("mappings/shop/mapping.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
