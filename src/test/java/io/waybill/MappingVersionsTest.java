package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.format.Document;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.MappingBook;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.order.Json;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    @Test
    void a_described_carriers_mappings_are_on_record_and_a_text_changed_under_its_number_stops_the_start()
            throws IOException {
        Path carrier = folder.resolve("carriers/label-platform");
        copy(Path.of("carriers/label-platform"), carrier);

        assertThat(recorded()).containsExactly("label-platform/create 1", "label-platform/ordered 1");
        assertThat(recorded()).as("after another start too").hasSize(2);

        Path create = carrier.resolve("create/mapping.yaml");
        String text = Files.readString(create);
        Files.writeString(create, text + "# another text\n");
        assertThatThrownBy(() -> recorded())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("label-platform/create")
                .hasMessageContaining("Raise \"version:\"");

        Files.writeString(create, text.replace("version: 1", "version: 2"));
        assertThat(recorded()).contains("label-platform/create 1", "label-platform/create 2");
    }

    /** What is on record after a start with one account at the described carrier. */
    private List<String> recorded() throws IOException {
        Settings settings =
                Settings.of("""
                waybill.carriers.dir=%s
                waybill.mappings.dir=%s
                account.platform.adapter=declared
                account.platform.description=label-platform
                account.platform.mode=test
                account.platform.appKey=key
                account.platform.appSecret=env:SECRET
                account.platform.pushSecret=env:SECRET
                """.formatted(folder.resolve("carriers"), folder.resolve("none")), Map.of("SECRET", "s"));
        try (Spine spine = new Spine(settings, DataFolder.open(folder.resolve("data")), name -> event -> {})) {
            spine.ground.recordMappings();
            return Stream.of("create", "ordered")
                    .flatMap(name -> spine
                            .ground
                            .ledger
                            .<List<MappingBook.Row>>read(tx -> tx.mappings().all("label-platform/" + name))
                            .stream())
                    .map(row -> row.name() + " " + row.version())
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** As a hub does when it starts. */
    private Mappings load(Database database) {
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            Mappings mappings = Written.mappings(
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
