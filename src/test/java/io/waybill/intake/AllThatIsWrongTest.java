package io.waybill.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever corrects a row is told all of it at once: what its mapping cannot read, and where no post of the country delivers. */
class AllThatIsWrongTest {
    @TempDir
    Path folder;

    @Test
    void a_postal_code_is_told_beside_a_quantity_that_is_no_number() throws IOException {
        assertThat(problems("SO-1,Jane Roe,,787,US,two"))
                .containsExactly(
                        "/items/0/quantity NOT_A_WHOLE_NUMBER",
                        "/shipTo/state missing-address-field",
                        "/shipTo/postalCode bad-postal-code");
    }

    @Test
    void an_address_that_is_right_adds_nothing() throws IOException {
        assertThat(problems("SO-1,Jane Roe,TX,78701,US,two")).containsExactly("/items/0/quantity NOT_A_WHOLE_NUMBER");
    }

    @Test
    void an_address_that_was_not_read_whole_is_not_judged_by_what_is_left_of_it() throws IOException {
        assertThat(problems("SO-1,Jane Roe,Texass,787,US,2")).containsExactly("/shipTo/state LOOKUP_MISS");
        assertThat(problems("SO-1,Jane Roe,TX,787,Utopia,2")).containsExactly("/shipTo/country NOT_A_COUNTRY");
    }

    private List<String> problems(String row) throws IOException {
        Path mapping = Files.createDirectories(folder.resolve("sheet")).resolve("mapping.yaml");
        Files.writeString(mapping, """
                mapping: sheet
                version: 1
                writes: order/1
                reads: { format: csv }
                lookups:
                  states: { values: { TX: TX } }
                fields:
                  orderId: no
                  shipTo.name: name
                  shipTo.line1: { const: 1 Main St }
                  shipTo.city: { const: Austin }
                  shipTo.state: { from: state, lookup: states }
                  shipTo.postalCode: zip
                  shipTo.country: { from: country, country: alpha2, required: true }
                  items[0].sku: { const: MUG }
                  items[0].quantity: { from: qty, int: true }
                """);
        Mappings mappings = Mappings.load(folder, ShippedTargets::of);
        Settings none = Settings.of("");
        Translating translating =
                new Translating(new Sources(none), mappings, Map.of(), (source, written, wrong) -> Optional.empty());
        byte[] file = ("no,name,state,zip,country,qty\n" + row + "\n").getBytes(StandardCharsets.UTF_8);
        try (DocumentReader documents = Formats.open(
                new ByteArrayInputStream(file),
                "orders.csv",
                mappings.get("sheet").reads())) {
            Document document = documents.next();
            return catchThrowableOfType(ProblemException.class, () -> translating.map("local", "sheet", document))
                    .problems()
                    .stream()
                    .map(AllThatIsWrongTest::told)
                    .toList();
        }
    }

    private static String told(Problem problem) {
        return problem.pointer() + " " + problem.code();
    }
}
