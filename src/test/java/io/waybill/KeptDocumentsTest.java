package io.waybill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Caller;
import io.waybill.access.Scope;
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
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a source by the documents of it that are kept. */
class KeptDocumentsTest {
    private static final String MAPPING = """
            mapping: shop
            version: 1
            writes: order/1
            reads: { format: json }
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
    private static final Caller ACME = new Caller(
            "acme",
            Optional.empty(),
            Set.of(Scope.READ),
            Namespaces.of(Set.of("acme")),
            false,
            Optional.empty(),
            Optional.empty());

    @TempDir
    Path folder;

    private Spine spine;

    @BeforeEach
    void start() throws IOException {
        Path mapping = folder.resolve("mappings/shop/mapping.yaml");
        Files.createDirectories(mapping.getParent());
        Files.writeString(mapping, MAPPING);
        Path config = Files.writeString(
                folder.resolve("waybill.properties"), """
                waybill.data=%1$s/data
                waybill.mappings.dir=%1$s/mappings
                waybill.carriers.dir=%1$s/no-carriers
                account.sandbox.adapter=sandbox
                account.sandbox.baseUrl=http://127.0.0.1:1
                account.sandbox.namespaces=acme
                account.sandbox.rateSheet=%2$s
                account.other.adapter=sandbox
                account.other.baseUrl=http://127.0.0.1:1
                account.other.namespaces=globex
                account.other.rateSheet=%3$s
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
                source.plain.release=hold
                """.formatted(folder, sheet("acme"), sheet("globex")));
        CommandRun.begin(config.toString());
        spine = new Spine(
                Settings.read(config, Map.of(), Map.of()),
                DataFolder.open(folder.resolve("data")),
                name -> event -> {});
        spine.ground.recordMappings();
    }

    @AfterEach
    void stop() {
        spine.close();
    }

    @Test
    void a_profile_is_priced_by_the_sheets_of_accounts_its_namespace_ships_with() throws IOException {
        take(null, 1, "A1", "1.5");

        JsonNode rates = call(ACME, "/profile?source=shop").path("rates");

        assertThat(rates.path("sheets").toString()).isEqualTo("[\"acme\"]");
        assertThat(rates.path("services").findValuesAsText("name")).containsExactly("acme economy", "acme express");
    }

    @Test
    void numbers_that_count_the_rows_of_a_file_are_found_in_what_is_kept_of_it() throws IOException {
        for (int row = 1; row <= 5; row++) {
            take("fil_1", row, String.valueOf(row), "1.5");
        }

        assertThat(numbers().path("areRows").asBoolean()).isTrue();
    }

    @Test
    void numbers_that_go_on_in_the_next_file_are_no_rows() throws IOException {
        for (int row = 1; row <= 3; row++) {
            take("fil_1", row, String.valueOf(row), "1.5");
            take("fil_2", row, String.valueOf(row + 3), "1.5");
        }

        assertThat(numbers().path("areRows").asBoolean()).isFalse();
    }

    @Test
    void an_order_that_came_again_corrected_contradicts_nothing() throws IOException {
        take("fil_1", 1, "A1", "heavy");
        take("fil_2", 1, "A1", "1.5");
        take(null, 1, "A2", "1.5");
        take(null, 1, "A2", "1.6");

        assertThat(numbers().path("contradicted").asInt()).isZero();
        assertThat(numbers().path("given").asInt()).isEqualTo(4);
    }

    @Test
    void two_orders_of_one_file_with_one_number_contradict_each_other() throws IOException {
        take("fil_1", 1, "A1", "1.5");
        take("fil_1", 2, "A1", "1.6");

        assertThat(numbers().path("contradicted").asInt()).isOne();
    }

    @Test
    void a_problem_names_its_document_as_it_is_kept_and_no_row_of_a_file() throws IOException {
        take("fil_1", 7, "A1", "heavy");
        String id = spine.ground.ledger.<String>read(
                tx -> tx.originals().newest("shop", Namespaces.ALL, 1).get(0).id());

        for (String path : List.of("/readiness?source=shop", "/profile?source=shop")) {
            JsonNode answer = call(Caller.LOCAL, path);
            assertThat(answer.findValue("examples").findValuesAsText("text"))
                    .as(path)
                    .hasSize(1)
                    .first(InstanceOfAssertFactories.STRING)
                    .contains(", document " + id + ", source kg: ")
                    .doesNotContain("row ");
        }
        assertThat(read(Caller.LOCAL, "/readiness?source=shop", Locale.CHINESE)
                        .findValue("examples")
                        .toString())
                .contains("单据 " + id)
                .doesNotContain("行");
    }

    @Test
    void a_problem_of_an_order_that_came_as_one_names_its_number() throws IOException {
        JsonNode order = Json.mapper().createObjectNode().put("orderId", "P-7").put("service", "ground");
        Taker.Context context = new Taker.Context(
                new SourceFeeds(spine.plan.sources, spine.ground.mappings).feed("plain", null, null, "file"),
                "plain:1",
                null,
                null,
                null);
        spine.takingIn.mapped.take(new Document(1, 1, 1, order, List.of(), List.of()), context);

        assertThat(call(Caller.LOCAL, "/readiness?source=plain")
                        .findValue("examples")
                        .findValuesAsText("text"))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).startsWith("order P-7: /"));
    }

    private JsonNode numbers() throws IOException {
        return call(Caller.LOCAL, "/readiness?source=shop").path("numbers");
    }

    private void take(String file, int row, String number, String kilograms) {
        Taker.Context context = new Taker.Context(
                new SourceFeeds(spine.plan.sources, spine.ground.mappings).feed("shop", null, null, "file"),
                file + ":" + row + number + kilograms,
                file,
                null,
                null);
        JsonNode tree = Json.mapper()
                .createObjectNode()
                .put("no", number)
                .put("name", "Ann")
                .put("kg", kilograms);
        spine.takingIn.mapped.take(new Document(row, row, row, tree, List.of(), List.of()), context);
    }

    private JsonNode call(Caller caller, String path) throws IOException {
        return read(caller, path, Locale.ENGLISH);
    }

    private JsonNode read(Caller caller, String path, Locale language) throws IOException {
        return Json.mapper()
                .readTree(new InProcess(spine.api().resources(0), caller)
                        .call("get", path, "".getBytes(UTF_8), language)
                        .body());
    }

    private Path sheet(String name) throws IOException {
        Path sheet = Files.createDirectories(folder.resolve("rates/" + name));
        try (var files = Files.list(Path.of("rates/example"))) {
            for (Path file : files.toList()) {
                Files.copy(file, sheet.resolve(file.getFileName()));
            }
        }
        return sheet;
    }
}
