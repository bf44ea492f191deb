package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.cli.Commands;
import io.waybill.order.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code map check|run|coverage}, over the mappings that ship and over broken ones. */
class MapCommandsTest {
    @TempDir
    Path folder;

    @Test
    void the_shipped_mappings_compile_and_pass_their_tests() {
        CommandRun run = CommandRun.of("map", "check", "--lang", "en");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).containsPattern("[1-9]\\d* mappings compile, 0 problems; [1-9]\\d* tests, 0 failed");
    }

    @Test
    void a_mapping_that_does_not_compile_and_a_test_that_fails_are_named_by_line() throws IOException {
        write(
                "bad/mapping.yaml",
                "mapping: bad\nversion: 1\nwrites: free\nreads: {format: json}\nfields:\n  a: {frm: a}\n");
        write("good/mapping.yaml", """
                mapping: good
                version: 1
                writes: free
                reads: {format: json}
                fields:
                  a: a
                tests:
                  - { name: differs, input: in.json, expect: out.json }
                """);
        write("good/in.json", "{\"a\":\"1\"}");
        write("good/out.json", "{\"a\":\"2\"}");

        CommandRun run = CommandRun.of("map", "check", "--lang", "en", "--config", config());

        assertThat(run.code()).isOne();
        assertThat(run.err()).contains("bad/mapping.yaml:6: ").contains("good/mapping.yaml:8: ");
        assertThat(run.out()).contains("1 mappings compile, 2 problems; 1 tests, 1 failed");
    }

    @Test
    void a_file_is_mapped_and_explained() {
        CommandRun run = CommandRun.of(
                "map", "run", "acme-orders", "mappings/acme-orders/two-lines.csv", "--explain", "--lang", "en");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("\"orderId\"").contains("/orderId  <- ");
    }

    @Test
    void a_bad_document_an_unknown_mapping_and_a_missing_file_are_sentences() {
        CommandRun bad =
                CommandRun.of("map", "run", "acme-orders", "mappings/acme-orders/bad-service.csv", "--lang", "en");
        CommandRun unknown = CommandRun.of("map", "run", "acme-ordes", "x.csv", "--lang", "en");
        CommandRun missing = CommandRun.of("map", "run", "acme-orders", "x.csv", "--lang", "en");

        assertThat(bad.code()).isOne();
        assertThat(bad.err()).contains("/service");
        assertThat(unknown.err()).contains("did you mean acme-orders");
        assertThat(missing.err()).contains("x.csv: this file cannot be read");
    }

    @Test
    void what_a_trial_says_beside_its_documents_does_not_stand_among_them() throws IOException {
        write("shop/mapping.yaml", """
                mapping: shop
                version: 1
                writes: order/1
                reads: { format: csv }
                unmapped: warn
                cancel: { when: { from: state, in: [off] }, reason: called off in the shop }
                skip: { when: { from: state, in: [draft] }, reason: not released }
                fields:
                  orderId: no
                  shipTo.name: name
                  shipTo.line1: { const: Main St 1 }
                  shipTo.city: { const: Austin }
                  shipTo.country: { const: US }
                """);
        write("orders.csv", "no,name,state,more\nA-1,Jane,,x\nA-2,Jim,off,\nA-3,Joe,draft,\n");

        CommandRun run = CommandRun.of(
                "map", "run", "shop", folder.resolve("orders.csv").toString(), "--lang", "en", "--config", config());

        assertThat(run.code()).isZero();
        assertThat(Json.mapper().readTree(run.out()).path("orderId").asText()).isEqualTo("A-1");
        assertThat(run.err())
                .contains("row 2, source more: no line reads more")
                .contains("row 3: calls order A-2 off, as the mapping says: called off in the shop")
                .contains("row 4: left out, as the mapping says: not released");
    }

    @Test
    void of_a_document_that_is_refused_its_warnings_are_told_beside_what_is_wrong() throws IOException {
        write("shop/mapping.yaml", """
                mapping: shop
                version: 1
                writes: order/1
                reads: { format: csv }
                unmapped: warn
                fields:
                  orderId: no
                  shipTo.name: name
                  shipTo.line1: { const: Main St 1 }
                  shipTo.city: { const: Austin }
                  shipTo.country: country
                """);
        write("orders.csv", "no,name,country,more\nA-1,Jane,Nowhere,x\n");

        CommandRun run = CommandRun.of(
                "map", "run", "shop", folder.resolve("orders.csv").toString(), "--lang", "en", "--config", config());

        assertThat(run.code()).isOne();
        assertThat(run.err()).contains("Nowhere", "row 2, source more: no line reads more");
    }

    @Test
    void a_mapping_with_an_output_prints_what_it_makes() throws IOException {
        write("back/mapping.yaml", """
                mapping: back
                version: 1
                writes: free
                reads: { format: json }
                output: { format: csv, delimiter: ";" }
                fields: { order: no, tracking: tracking }
                """);
        write("events.json", "[{\"no\": \"A-1\", \"tracking\": \"1Z1\"}, {\"no\": \"A-2\", \"tracking\": \"1Zü\"}]");

        CommandRun run = CommandRun.of(
                "map", "run", "back", folder.resolve("events.json").toString(), "--lang", "en", "--config", config());

        assertThat(run.code()).isZero();
        assertThat(run.out().lines()).containsExactly("order;tracking", "A-1;1Z1", "A-2;1Zü");
    }

    @ParameterizedTest
    @CsvSource({"'format: csv, charset: windows-1252',orders.csv", "'format: xlsx',orders.xlsx"})
    void what_is_led_into_a_file_is_the_file_byte_by_byte(String output, String name) throws IOException {
        write("back/mapping.yaml", """
                mapping: back
                version: 1
                writes: free
                reads: { format: json }
                output: { %s }
                fields: { order: no }
                tests:
                  - { name: as it is written, input: events.json, expect: %s }
                """.formatted(output, name));
        write("back/events.json", "[{\"no\": \"Zü-1\"}]");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        String[] run = {
            "map", "run", "back", folder.resolve("back/events.json").toString(), "--lang", "en", "--config", config()
        };
        Files.createFile(folder.resolve("back").resolve(name));

        int code = Commands.run(run, new HubWiring(), out, new PrintWriter(err, true));
        Files.write(folder.resolve("back").resolve(name), out.toByteArray());

        assertThat(code).as(err.toString()).isZero();
        assertThat(CommandRun.of("map", "check", "--lang", "en", "--config", config()))
                .extracting(CommandRun::err, CommandRun::code)
                .containsExactly("", 0);
        write("back/events.json", "[{\"no\": \"Zü-2\"}]");
        assertThat(CommandRun.of("map", "check", "--lang", "en", "--config", config())
                        .err())
                .contains("back/mapping.yaml:8: ", "Zü-1", "Zü-2");
    }

    @Test
    void a_mapping_that_is_not_utf8_is_told_as_that() throws IOException {
        Files.createDirectories(folder.resolve("old"));
        Files.write(
                folder.resolve("old/mapping.yaml"),
                "mapping: old # M\u00FCller\n".getBytes(StandardCharsets.ISO_8859_1));

        CommandRun run = CommandRun.of("map", "check", "--lang", "en", "--config", config());

        assertThat(run.err()).contains("old/mapping.yaml:1: this file cannot be read as YAML: it is not UTF-8");
    }

    @Test
    void coverage_counts_what_is_read_and_filled() {
        CommandRun run =
                CommandRun.of("map", "coverage", "acme-orders", "mappings/acme-orders/two-lines.csv", "--lang", "en");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("two-lines.csv: ").contains("Source fields no line reads:");
    }

    private String config() throws IOException {
        return Files.writeString(
                        folder.resolve("waybill.properties"),
                        "waybill.mappings.dir=" + folder + "\nwaybill.carriers.dir=" + folder.resolve("carriers")
                                + "\n")
                .toString();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
