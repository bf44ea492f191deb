package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingsTest {
    private static final String GOOD =
            "mapping: good\nversion: 2\nwrites: free\nreads: { format: json }\nfields: { out: a }\n";

    @TempDir
    Path directory;

    @Test
    void a_bad_mapping_hides_no_other() {
        Mappings mappings = new Fresh(directory)
                .mapping("good", GOOD)
                .mapping("broken", "mapping: [broken\n")
                .file("empty/readme.txt", "nothing here")
                .load();
        assertThat(mappings.names()).containsExactly("good");
        assertThat(mappings.problems()).extracting(Problem::code).containsExactly("BAD_YAML", "MISSING_FILE");
        assertThat(mappings.get("good").version()).isEqualTo(2);
        assertThat(mappings.get("good").sha256()).hasSize(64);
    }

    @Test
    void a_value_with_brackets_between_braces_is_told_to_be_quoted() {
        Mappings mappings = new Fresh(directory)
                .mapping("bare", GOOD.replace("good", "bare").replace("{ out: a }", "{ out: { from: a[0], unit: g } }"))
                .mapping("open", "mapping: [open\n")
                .load();
        assertThat(mappings.problems().get(0).sentence(Locale.ENGLISH))
                .contains("bare/mapping.yaml:5", "quote a value that holds brackets", "\"lines[0].sku\"");
        assertThat(mappings.problems().get(1).hint(Locale.ENGLISH)).isNull();
    }

    @Test
    void an_unknown_mapping_answers_with_the_nearest() {
        Mappings mappings = new Fresh(directory).mapping("good", GOOD).load();
        assertThatThrownBy(() -> mappings.get("goood")).hasMessage("no mapping \"goood\"; did you mean good?");
    }

    @Test
    void everything_unknown_is_refused_at_load_with_its_line() {
        Mappings mappings = new Fresh(directory).mapping("strict", """
                        mapping: strict
                        version: one
                        writes: order/1
                        reeds: { format: json }
                        reads: { format: jsn, delimeter: ";" }
                        unmapped: never
                        lookups:
                          spare: { values: { a: b } }
                        fields:
                          orderId: order_no
                          orderId: order_nr
                          shipTo.nam: name
                          shipTo.name: { from: name, trimm: "'" }
                          shipTo.line1: { from: "a..b" }
                          shipTo.city: { from: city, lookup: towns }
                          service: { case: upper }
                          placedAt: { from: at, date: "dd.bb.yy" }
                          reference: { expr: "let x = " }
                          items[]: { each: lines }
                          account: { from: a, unit: stone }
                          customs.declaredValue: { from: v, currency: Taler }
                          parcels[0].weight: { from: w, scale: two, unit: g -> cm }
                        tests:
                          - { name: t, input: ../../etc/passwd, expect: out.json }
                        """).load();
        assertThat(mappings.problems())
                .extracting(problem -> problem.values().get("line") + " " + problem.code())
                .contains(
                        "4 UNKNOWN_KEY",
                        "2 BAD_VALUE",
                        "5 UNKNOWN_KEY",
                        "5 BAD_VALUE",
                        "6 BAD_VALUE",
                        "8 UNUSED_LOOKUP",
                        "11 DUPLICATE_KEY",
                        "12 UNKNOWN_TARGET_FIELD",
                        "13 UNKNOWN_VERB",
                        "14 BAD_PATH",
                        "15 UNKNOWN_LOOKUP",
                        "16 MISSING_KEY",
                        "17 BAD_VALUE",
                        "18 BAD_EXPRESSION",
                        "19 MISSING_KEY",
                        "20 BAD_VALUE",
                        "21 BAD_VALUE",
                        "22 BAD_VALUE",
                        "24 MISSING_FILE");
        assertThat(mappings.problems())
                .extracting(Problem::toString)
                .contains("strict/mapping.yaml:13: there is no verb \"trimm\"; did you mean trim?")
                .anyMatch(text -> text.startsWith(
                        "strict/mapping.yaml:12: the target has no field \"shipTo.nam\"; did you mean name?"));
    }

    @Test
    void a_mapping_that_cannot_fill_what_its_target_requires_is_refused() {
        Mappings mappings = new Fresh(directory)
                .mapping(
                        "m",
                        "mapping: m\nversion: 1\nwrites: order/1\nreads: { format: json }\nfields: { orderId: a }\n")
                .load();
        assertThat(mappings.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.values()).containsEntry("field", "shipTo"));
    }

    @Test
    void an_unknown_target_and_a_foreign_name_are_refused() {
        Mappings mappings = new Fresh(directory)
                .mapping("other", GOOD.replace("free", "ordre/1"))
                .load();
        assertThat(mappings.problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("BAD_VALUE", "UNKNOWN_TARGET");
    }

    @Test
    void an_expression_cannot_import_code() {
        Mappings mappings = new Fresh(directory)
                .mapping(
                        "m",
                        GOOD.replace("good", "m").replace("out: a", "out: { expr: 'import \"x.jslt\" as x x:f(.)' }"))
                .load();
        assertThat(mappings.problems()).extracting(Problem::code).containsExactly("BAD_EXPRESSION");
    }

    @Test
    void every_code_speaks_english_and_chinese() {
        for (MappingCode code : MappingCode.values()) {
            for (Locale language : List.of(Locale.ENGLISH, Locale.CHINESE)) {
                assertThat(Problem.of(code).detail(language)).as(code.code()).doesNotContain("{}");
            }
        }
    }
}
