package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Document;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.order.Json;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One version number means one text for ever, and what serves outlives a bad file. */
class MappingVersionsTest {
    private static final String TEXT = """
            mapping: erp
            version: %d
            writes: free
            reads: { format: json }
            unmapped: off
            fields:
              said: { const: %s }
            """;

    @TempDir
    Path folder;

    enum Store {
        H2,
        POSTGRES;

        Database in(Path folder) {
            return this == H2 ? Stores.h2(folder) : Stores.postgres();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_changed_text_under_the_same_number_is_refused_and_the_old_text_serves(Store store) throws IOException {
        Database database = store.in(folder);
        write("erp", TEXT.formatted(1, "first"));
        assertThat(said(load(database))).isEqualTo("first");

        write("erp", TEXT.formatted(1, "changed"));
        Mappings refused = load(database);
        assertThat(said(refused)).isEqualTo("first");
        assertThat(refused.problems()).extracting(Problem::code).contains("VERSION_REUSED", "KEPT_VERSION_SERVES");
        assertThat(refused.problems().get(0).toString())
                .contains("erp/mapping.yaml:2")
                .contains("Raise \"version:\"");
        assertThat(said(load(database))).as("after another start too").isEqualTo("first");

        write("erp", TEXT.formatted(2, "changed"));
        Mappings raised = load(database);
        assertThat(said(raised)).isEqualTo("changed");
        assertThat(raised.problems()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_mapping_that_no_longer_compiles_serves_as_it_last_did_and_stops_no_other(Store store) throws IOException {
        Database database = store.in(folder);
        write("erp", TEXT.formatted(1, "first"));
        load(database);
        write("erp", TEXT.formatted(2, "second"));
        load(database);

        write("erp", TEXT.formatted(3, "third").replace("said:", "said; "));
        write("other", TEXT.replace("erp", "other").formatted(1, "other"));
        Mappings mappings = load(database);

        assertThat(said(mappings)).isEqualTo("second");
        assertThat(mappings.names()).containsExactly("erp", "other");
        assertThat(mappings.problems("erp")).extracting(Problem::code).contains("KEPT_VERSION_SERVES");
        assertThat(mappings.problems("other")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void going_back_to_an_older_version_makes_it_the_one_that_serves(Store store) throws IOException {
        Database database = store.in(folder);
        for (int version : new int[] {1, 2, 1}) {
            write("erp", TEXT.formatted(version, "number" + version));
            assertThat(load(database).problems()).isEmpty();
        }
        write("erp", "broken");

        assertThat(said(load(database))).isEqualTo("number1");
    }

    @ParameterizedTest
    @EnumSource
    void a_kept_text_needs_no_tests_but_its_lookups(Store store) throws IOException {
        Database database = store.in(folder);
        String looking = TEXT.formatted(1, "A")
                        .replace("{ const: A }", "{ const: A, lookup: words }")
                        .replace("fields:", "lookups: { words: { file: words.csv, key: k, value: v } }\nfields:")
                + "tests: [ { name: t, input: in.json, expect: out.json } ]\n";
        Files.createDirectories(folder.resolve("mappings/lookups"));
        Files.writeString(folder.resolve("mappings/lookups/words.csv"), "k,v\nA,looked up\n");
        write("erp", looking);
        Files.writeString(folder.resolve("mappings/erp/in.json"), "{}");
        Files.writeString(folder.resolve("mappings/erp/out.json"), "{}");
        assertThat(load(database).problems()).isEmpty();

        Files.delete(folder.resolve("mappings/erp/in.json"));
        assertThat(said(load(database))).isEqualTo("looked up");

        Files.delete(folder.resolve("mappings/lookups/words.csv"));
        Mappings nothing = load(database);
        assertThat(nothing.names()).isEmpty();
        assertThat(nothing.problems("erp")).extracting(Problem::code).contains("KEPT_VERSION_BROKEN");
    }

    /** As a hub does when it starts. */
    private Mappings load(Database database) {
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            Mappings mappings = Spine.mappings(
                            Settings.of("waybill.mappings.dir=" + folder.resolve("mappings")), new Orders())
                    .under(new MappingVersions(ledger));
            mappings.record(new MappingVersions(ledger));
            return mappings;
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("mappings").resolve(name).resolve("mapping.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String said(Mappings mappings) {
        Mapping mapping = mappings.get("erp");
        Result result = mapping.apply(Document.of(Json.mapper().createObjectNode()));
        return ((Result.Mapped) result).tree().path("said").asText();
    }
}
