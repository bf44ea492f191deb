package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.api.ProblemJson;
import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.Feed;
import io.waybill.batch.IncomingFile;
import io.waybill.batch.Report;
import io.waybill.batch.Taker;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Retrying;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rules of an order find in a mapped sheet is told by the sheet's own columns, as what its mapping finds. */
class ColumnsOfOrderRulesTest {
    private static final String HEADER = "no,name,st,zip,kg\n";

    @TempDir
    Path folder;

    private Rig rig;
    private MappedIntake mapped;
    private Mappings mappings;
    private Feed feed;

    @BeforeEach
    void start() throws IOException {
        rig = Rig.start(Stores.h2(folder), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8.10")));
        Path file = Files.createDirectories(folder.resolve("mappings/sheet")).resolve("mapping.yaml");
        Files.writeString(file, """
                mapping: sheet
                version: 1
                writes: order/1
                reads: { format: csv }
                fields:
                  orderId: no
                  service: { const: ground }
                  shipTo.name: name
                  shipTo.line1: { const: 1 Main St }
                  shipTo.city: { const: Austin }
                  shipTo.state: st
                  shipTo.postalCode: zip
                  shipTo.country: { const: US }
                  parcels[0].weight: { from: kg, decimal: ".", unit: kg }
                """);
        mappings = Mappings.load(folder.resolve("mappings"), ShippedTargets::of);
        mapped = new MappedIntake(rig.intake, rig.outside, rig.doors(), rig.sources, mappings);
        feed = new SourceFeeds(rig.sources, mappings).feed("erp", "sheet", null, "file");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void the_errors_file_and_the_kept_exception_name_the_column_of_a_bad_postal_code() throws IOException {
        Report report = drop("SO-1,Jane Roe,TX,787,1.2\nSO-2,Jane Roe,TX,78701,1.2\n");

        assertThat(Files.readString(folder.resolve("data").resolve(String.valueOf(report.quarantine()))))
                .contains("SO-1", "] zip: ")
                .doesNotContain("/shipTo/postalCode", "SO-2");
        assertThat(rig.exceptions()).hasSize(1);
        assertThat(rig.exceptions().get(0).problems()).contains("\"source\":\"zip\"");
    }

    @Test
    void a_cell_that_is_empty_is_named_by_its_column_as_well() throws IOException {
        assertThat(foreseen("SO-1,Jane Roe,,78701,1.2"))
                .extracting(problem -> problem.values().get("source"))
                .containsExactly("st");
    }

    @Test
    void a_look_tells_the_column_in_json_too() throws IOException {
        List<Problem> problems = foreseen("SO-1,Jane Roe,TX,787,1.2");

        JsonNode error = ProblemJson.tree(problems, 422, Locale.ENGLISH).at("/errors/0");
        assertThat(error.path("source").asText()).isEqualTo("zip");
        assertThat(error.path("pointer").asText()).isEqualTo("/shipTo/postalCode");
        assertThat(error.has("line")).isFalse();
    }

    @Test
    void what_is_found_wrong_by_others_has_the_column_of_its_pointer_or_of_what_holds_it() throws IOException {
        Document document = document("SO-1,Jane Roe,TX,78701,1.2");

        assertThat(mapped.sourced(
                        List.of(
                                at("/shipTo/name"),
                                at("/parcels/0/weight/value"),
                                at("/shipTo/line1"),
                                at("/options/shipDate"),
                                at("")),
                        document,
                        context()))
                .extracting(problem -> problem.values().get("source"))
                .containsExactly("name", "kg", null, null, null);
    }

    @Test
    void one_that_is_tried_again_is_told_by_its_column_still() throws IOException {
        drop("SO-1,Jane Roe,TX,787,1.2\n");

        assertThat(new Retrying(rig.ledger, mapped)
                        .again(rig.exceptions().get(0), "ops")
                        .problems())
                .extracting(problem -> problem.values().get("source"))
                .containsExactly("zip");
    }

    @Test
    void of_an_order_of_several_rows_the_one_that_is_wrong_is_told_too() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("mappings/grouped")).resolve("mapping.yaml"), """
                mapping: grouped
                version: 1
                writes: order/1
                reads: { format: csv, groupBy: no }
                fields:
                  orderId: no
                  service: { const: ground }
                  shipTo.name: name
                  shipTo.line1: { const: 1 Main St }
                  shipTo.city: { const: Austin }
                  shipTo.state: { const: TX }
                  shipTo.postalCode: zip
                  shipTo.country: { const: US }
                  parcels[0].weight: { const: { value: 1, unit: kg } }
                  items[]: { each: rows, fields: { sku: st, originCountry: kg } }
                """);
        mappings = Mappings.load(folder.resolve("mappings"), ShippedTargets::of);
        mapped = new MappedIntake(rig.intake, rig.outside, rig.doors(), rig.sources, mappings);
        feed = new SourceFeeds(rig.sources, mappings).feed("erp", "grouped", null, "file");

        Report report = drop("SO-1,Jane Roe,A,78701,US\nSO-1,Jane Roe,B,78701,XX\nSO-1,Jane Roe,C,78701,US\n");

        assertThat(Files.readString(folder.resolve("data").resolve(String.valueOf(report.quarantine()))))
                .contains("] row 3, kg: ");
    }

    private static Problem at(String pointer) {
        return Problem.of(() -> "bad-postal-code", "value", "x").at(pointer);
    }

    private List<Problem> foreseen(String row) throws IOException {
        return mapped.rehearse(document(row), context(), Namespaces.ALL).fate().problems();
    }

    private Taker.Context context() {
        return new Taker.Context(feed, "key", null, null, null);
    }

    private Document document(String row) throws IOException {
        byte[] file = (HEADER + row + "\n").getBytes(StandardCharsets.UTF_8);
        try (DocumentReader documents = Formats.open(
                new ByteArrayInputStream(file),
                "orders.csv",
                mappings.get("sheet").reads())) {
            return documents.next();
        }
    }

    private Report drop(String rows) throws IOException {
        return new Batch(rig.ledger, mapped, Archive.in(folder.resolve("data")), "node-1")
                .run(IncomingFile.of(
                        new ByteArrayInputStream((HEADER + rows).getBytes(StandardCharsets.UTF_8)),
                        "orders.csv",
                        feed));
    }
}
