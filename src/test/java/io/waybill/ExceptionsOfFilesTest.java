package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.order.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads what is wrong with a file reads which file it was, and where in it. */
class ExceptionsOfFilesTest {
    private static final String HEADER =
            Stream.of("Order no", "Name", "Street", "City", "State", "Zip", "Country", "Service", "SKU", "Qty")
                            .reduce((a, b) -> a + "," + b)
                            .orElse("")
                    + "\n";

    @TempDir
    Path folder;

    private String config;

    @BeforeEach
    void write() throws Exception {
        Path mapping = Files.createDirectories(folder.resolve("mappings/globex"));
        Files.writeString(mapping.resolve("mapping.yaml"), """
                mapping: globex
                version: 1
                writes: order/1
                reads: { format: csv }
                unmapped: error
                lookups:
                  services: { values: { STD: ground } }
                fields:
                  orderId: Order no
                  shipTo.name: Name
                  shipTo.line1: Street
                  shipTo.city: City
                  shipTo.state: State
                  shipTo.postalCode: Zip
                  shipTo.country: Country
                  service: { from: Service, lookup: services, required: true }
                  items[0].sku: SKU
                  items[0].quantity: { from: Qty, int: true, required: true }
                """);
        config = Files.writeString(folder.resolve("waybill.properties"), """
                        waybill.data=%1$s/data
                        waybill.routes.dir=%1$s/routes
                        waybill.mappings.dir=%1$s/mappings
                        waybill.http.port=0
                        source.globex.mapping=globex
                        source.globex.namespace=acme
                        """.formatted(folder))
                .toString();
        CommandRun.begin(config);
    }

    @Test
    void a_rejected_row_is_told_with_its_file_its_row_its_column_and_the_line_of_its_mapping() throws Exception {
        handOver("week-48.csv", HEADER + "G-1,Jane Roe,1 Main St,Austin,TX,78701,US,SDT,MUG,2\n");

        assertThat(exceptions("list")).contains("week-48.csv, row 2: /service \"SDT\" is not in");
        assertThat(exceptions("show", id()))
                .containsPattern("File +week-48\\.csv")
                .contains("globex/mapping.yaml:16, row 2, source Service – /service – \"SDT\" is not in");
    }

    @Test
    void a_row_that_is_read_and_no_order_all_the_same_is_told_with_its_file_too() throws Exception {
        handOver("week-49.csv", HEADER + "G-2,Jane Roe,1 Main St,Austin,XX,78701,US,STD,MUG,2\n");

        assertThat(exceptions("list")).contains("G-2", "week-49.csv", "/shipTo/state");
        assertThat(exceptions("show", id())).containsPattern("File +week-49\\.csv");
    }

    @Test
    void a_file_that_stopped_is_told_by_its_name() throws Exception {
        handOver("week-50.csv", HEADER.replace("Zip", "Postcode"));

        assertThat(exceptions("list")).contains("week-50.csv: column Zip is missing");
        assertThat(exceptions("show", id())).containsPattern("File +week-50\\.csv");
        assertThat(exceptions("show", id(), "--json")).doesNotContain("\":1\"");
    }

    @Test
    void two_rejected_rows_under_one_number_are_each_told_with_their_own_file() throws Exception {
        handOver("week-51.csv", HEADER + "G-3,Jane Roe,1 Main St,Austin,TX,78701,US,SDT,MUG,2\n");
        handOver("week-52.csv", HEADER + "G-3,Jane Roe,1 Main St,Austin,TX,78701,US,XPR,MUG,2\n");

        assertThat(exceptions("list"))
                .contains("week-51.csv, row 2: /service \"SDT\"", "week-52.csv, row 2: /service \"XPR\"");
    }

    @Test
    void an_order_that_is_wrong_in_one_file_after_another_is_told_with_the_last_of_them() throws Exception {
        handOver("week-53.csv", HEADER + "G-4,Jane Roe,1 Main St,Austin,XX,78701,US,STD,MUG,2\n");
        handOver("week-01.csv", HEADER + "G-4,Jane Roe,1 Main St,Austin,YY,78701,US,STD,MUG,2\n");
        handOver("week-02.csv", HEADER + "G-4,Jane Roe,1 Main St,Austin,ZZ,78701,US,STD,MUG,2\n");

        assertThat(exceptions("list")).contains("week-02.csv").doesNotContain("week-53.csv", "week-01.csv");
    }

    private void handOver(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        assertThat(CommandRun.of("import", file.toString(), "--source", "globex", "--config", config)
                        .code())
                .isOne();
    }

    private String id() throws Exception {
        return Json.mapper()
                .readTree(exceptions("list", "--json"))
                .at("/items/0/id")
                .asText();
    }

    private String exceptions(String... more) {
        return CommandRun.of(Stream.of(
                                Stream.of("exceptions"), Stream.of(more), Stream.of("--config", config, "--lang", "en"))
                        .flatMap(words -> words)
                        .toArray(String[]::new))
                .out();
    }
}
