package io.waybill.carrier.declared;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/declared.md names the words that a description may use. */
class DescribedWordsTest {
    @Test
    void every_operation_and_every_word_of_a_table_is_told_of() throws IOException {
        String page = page();
        for (Verb verb : Verb.values()) {
            String row = page.lines()
                    .filter(line -> line.startsWith("| `" + verb.word() + "` |"))
                    .findFirst()
                    .orElse("");
            assertThat(row).as(verb.word()).contains("`" + verb.shape() + "`");
        }
        assertThat(Stream.of(TablesReader.KINDS, TablesReader.VOIDS, Settings.KINDS)
                        .flatMap(List::stream))
                .allSatisfy(word -> assertThat(page).contains("`" + word + "`"));
        assertThat(Units.WORDS).allSatisfy(word -> assertThat(page).contains(word));
    }

    @Test
    void every_field_of_what_a_request_reads_is_told_of() throws IOException {
        String page = page();
        String told = page.substring(page.indexOf("**Requests**"), page.indexOf("**Replies**"));
        ObjectNode tree = ShipmentTree.of(Samples.shipment(), "GND", Units.of("kg/cm"), Map.of(), Map.of());
        List<String> fields = new ArrayList<>();
        tree.fieldNames().forEachRemaining(fields::add);
        tree.path("parcels").path(0).fieldNames().forEachRemaining(fields::add);

        assertThat(fields).contains("shipTo", "number");
        assertThat(Stream.concat(fields.stream(), Stream.of("packaging", "items", "reference", "length")))
                .allSatisfy(field -> assertThat(told).containsPattern("`" + field + "(\\[])?`"));
    }

    @Test
    void what_a_request_may_read_is_what_a_shipment_has() {
        ObjectNode tree = ShipmentTree.of(Samples.shipment(), "GND", Units.of("kg/cm"), Map.of(), Map.of());
        assertThat(tree.properties())
                .extracting(Map.Entry::getKey)
                .filteredOn(name -> !name.equals("account"))
                .isSubsetOf(ShipmentTree.WORDS);
        ShipmentTree.BELOW.forEach((word, fields) -> {
            List<String> there = new ArrayList<>();
            (tree.path(word).isArray() ? tree.path(word).path(0) : tree.path(word))
                    .fieldNames()
                    .forEachRemaining(there::add);
            assertThat(there).as(word).isNotEmpty().isSubsetOf(fields);
        });
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/declared.md"));
    }
}
