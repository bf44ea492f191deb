package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with a mapping file: each is told with file and line, and with what was probably meant or is legal. */
class BadMappingsTest {
    private static final String HEAD = "mapping: bad\nversion: 1\nwrites: order/1\nreads: { format: json }\n";
    private static final String REQUIRED =
            "  orderId: id\n  shipTo.name: n\n  shipTo.line1: s\n  shipTo.city: c\n  shipTo.country: x\n";

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "an unknown verb            | reference: { from: a, trimm: \"'\" }            | 11 | there is no verb \"trimm\"; did you mean trim?",
                "an unknown target          | referense: { from: a }                          | 11 | did you mean reference?",
                "an unknown target below    | shipTo.phon: { from: a }                        | 11 | did you mean phone?",
                "an unknown lookup          | reference: { from: a, lookup: service }         | 11 | there is no lookup \"service\"; did you mean services?",
                "a lookup nobody uses       | reference: { from: a }                          | 13 | no line uses the lookup services. Use it or remove it.",
                "a path that is none        | reference: { from: \"a..b\" }                   | 11 | \"a..b\" is not a path (expected a.b, a[0].b, a[] for a list)",
                "broken JSLT                | reference: { expr: \"if (.a .b\" }              | 11 | the expression cannot be compiled",
                "a JSLT function that is none | reference: { expr: \"dec-ad(.a, 1)\" }        | 11 | the expression cannot be compiled",
                "a case that is none        | reference: { from: a, case: uper }              | 11 | case: \"uper\" cannot be used (expected lower | title | upper)",
                "a unit that is none        | parcels[0].weight: { from: a, unit: stone }     | 11 | expected g | kg | oz | lb",
                "a zone that is none        | placedAt: { from: a, date: iso, zone: Mars }    | 11 | Europe/Berlin",
                "a condition without a word | reference: { from: a, when: { from: b } }       | 11 | when: \"a map\" cannot be used",
                "a condition misspelt       | reference: { from: a, when: { form: b } }       | 11 | nobody reads the key \"form\"; did you mean from?",
                "two sources                | reference: { from: a, const: b }                | 11 | from + const: a line has one source",
                "a constant beside a source | reference: { from: a, const: b }                | 11 | Leave out const to take the value of from",
                "an expression beside a source | reference: { from: a, expr: .b }             | 11 | from + expr: a line has one source. Leave out all but one",
                "a bound that is no number  | reference: { from: a, min: two }                | 11 | min: \"two\" is not a number (expected a number: 1, 35, 0.5)",
                "a weight in centimetres    | parcels[0].weight: { from: a, unit: cm }        | 11 | unit: cm measures nothing that can stand here (expected g | kg | oz | lb",
                "and converted to them      | parcels[0].weight: { from: a, unit: mm -> cm }  | 11 | unit: cm measures nothing that can stand here",
                "a whole after its part     | shipTo: { from: a }                             | 11 | shipTo is written as a whole after shipTo.name (line 7), which would be lost. Write the whole first, then what is added to it",
                "a word for required that is none | reference: { from: a, required: yes }     | 11 | required: \"yes\" cannot be used (expected false | true)",
                "the same of a list         | items[]: { each: lines, required: yes, fields: { sku: s } } | 11 | required: \"yes\" cannot be used (expected false | true)",
                "with that joins nothing    | reference: { from: [a, b], with: \" \" }         | 11 | with: \" \" cannot be used (expected join: [first, last], with: \" \")",
                "tooLong of no length       | reference: { from: a, tooLong: cut }            | 11 | tooLong: \"cut\" cannot be used (expected max: 35, tooLong: cut)",
                "a list without a line       | items[]: { each: lines, fields: {} }            | 11 | fields: \"a map\" cannot be used (expected { sku: sku })",
                "hours of a half day         | placedAt: { from: a, date: dd/MM/yyyy hh:mm }   | 11 | dd.MM.yyyy HH:mm",
                "one of several date patterns | placedAt: { from: a, date: [iso, \"dd/MM/yyyy hh:mm\"] } | 11 | \"dd/MM/yyyy hh:mm\" cannot be used",
                "a constant that never fits | customs.contents: { const: gifts }              | 11 | /customs/contents \"gifts\" is not",
                "a default that never fits  | shipFrom.country: { from: a, default: DEU }     | 11 | /shipFrom/country \"DEU\" does not look right",
                "the same in a list         | items[]: { each: l, fields: { sku: s, quantity: { from: q, default: none } } } | 11 | \"none\" is not",
                "a test of a row that is none | reference: { from: a, lookup: services }\\ntests: [{ name: x, input: mapping.yaml, expectError: { code: REQUIRED, row: three } }] | 12 | row: \"three\" cannot be used",
                "minutes for months         | placedAt: { from: a, date: iso, as: dd.mm.yyyy } | 11 | as: \"dd.mm.yyyy\" cannot be used",
                "a spelling the order refuses | placedAt: { from: a, date: iso, as: dd.MM.yyyy } | 11 | as: \"dd.MM.yyyy\" cannot be used (expected ISO 8601",
                "weeks' year for the year   | placedAt: { from: a, date: iso, as: YYYY-MM-dd } | 11 | as: \"YYYY-MM-dd\" cannot be used",
                "a spelling of no date      | placedAt: { from: a, as: yyyy-MM-dd } | 11 | as: \"yyyy-MM-dd\" cannot be used (expected date: iso, as:",
                "a year of weeks            | placedAt: { from: a, date: YYYY-MM-dd, zone: UTC } | 11 | date: \"YYYY-MM-dd\" cannot be used (expected iso | dd.MM.yyyy HH:mm",
                "a date without a year      | placedAt: { from: a, date: dd.MM. }             | 11 | date: \"dd.MM.\" cannot be used",
                "nothing to trim            | reference: { from: a, trim: false }             | 11 | trim: \"false\" cannot be used",
                "nothing to read            | reference: { from: [] }                         | 11 | from: \"a list\" cannot be used (expected a | [a, b])",
                "nothing to join            | reference: { join: [] }                         | 11 | join: \"a list\" cannot be used (expected a | [a, b])",
                "a list of what to trim     | reference: { from: a, trim: [x, y] }            | 11 | trim: \"a list\" cannot be used",
                "a list to replace by       | reference: { from: a, replace: { x: [y] } }     | 11 | replace: \"a list\" cannot be used",
                "a list between what is joined | reference: { join: [a, b], with: [x] }       | 11 | with: \"a list\" cannot be used",
                "a list to split at         | reference: { from: a, split: { by: [x], part: 1 } } | 11 | split: \"a map\" cannot be used",
                "a condition of no words    | reference: { from: a, when: { from: b, in: [] } } | 11 | when: \"a map\" cannot be used",
                "a condition of pairs       | reference: { from: a, when: { from: b, notIn: { x: y } } } | 11 | when: \"a map\" cannot be used",
                "a zone of no date          | placedAt: { from: a, zone: UTC }                | 11 | zone: \"UTC\" cannot be used (expected date: iso, zone: Europe/Berlin)",
                "a list without fields      | items[]: { each: lines }                        | 11 | fields",
                "an alias that bites itself | items[]: &x { each: lines, fields: { sku: s, more: *x } } | 11 | an alias leads back into what it stands for",
            })
    void each_is_told_with_its_line_and_what_to_do(String what, String line, int at, String said) {
        String lookups = line.contains("alias") ? "" : "lookups:\n  services: { values: { a: b } }\n";
        Mappings mappings = new Fresh(directory)
                .mapping("bad", HEAD + "fields:\n" + REQUIRED + "  " + line.replace("\\n", "\n") + "\n" + lookups)
                .load();
        assertThat(mappings.problems())
                .extracting(problem -> problem.toString())
                .anyMatch(text -> text.startsWith("bad/mapping.yaml:" + at + ": ") && text.contains(said));
        assertThat(mappings.names()).isEmpty();
        mappings.problems().forEach(problem -> {
            for (Locale language : List.of(Locale.ENGLISH, Locale.CHINESE)) {
                assertThat(problem.detail(language)).isNotBlank();
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "reference:a                 | could not find expected ':': a colon and a blank stand between a key and its value",
                "reference: 'a               | a quote that is opened here is closed nowhere",
                "reference: { from: a        | expected ',' or '}'",
                "reference: { from: [a       | expected ',' or ']'",
                "reference: a\u0007b         | it holds U+0007, which no YAML may"
            })
    void what_is_no_yaml_is_told_with_the_line_where_it_begins_not_where_reading_gave_up(String line, String said) {
        String behind = line.contains("{") ? "\n" : "\n  shipTo.phone: p\n";
        assertThatThrownBy(() -> Yaml.read("bad/mapping.yaml", HEAD + "fields:\n" + REQUIRED + "  " + line + behind))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().get(0).sentence(Locale.ENGLISH))
                                .startsWith("bad/mapping.yaml:11: this file cannot be read as YAML: " + said));
    }

    @Test
    void a_key_that_is_misspelt_is_told_once_and_read_as_it_was_meant() {
        Mappings mappings = new Fresh(directory)
                .mapping("bad", HEAD + "feilds:\n" + REQUIRED + "  reference: { from: a, trm: x }\n")
                .load();

        assertThat(mappings.problems())
                .extracting(problem -> problem.sentence(Locale.ENGLISH))
                .satisfiesExactlyInAnyOrder(
                        told -> assertThat(told).contains("\"feilds\"; did you mean fields?"),
                        told -> assertThat(told).contains("trm"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"role: admin", "text: an order", "description: of the shop"})
    void a_key_that_is_near_to_none_is_told_once_and_read_as_none(String line) {
        Mappings mappings = new Fresh(directory)
                .mapping("bad", HEAD + line + "\nfields:\n" + REQUIRED)
                .load();

        assertThat(mappings.problems())
                .extracting(problem -> problem.sentence(Locale.ENGLISH))
                .singleElement(STRING)
                .contains("\"" + line.replaceFirst(":.*", "\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\\b    shipTo.phone: p      | a key begins where none may: indent it as the keys beside it",
                "reference: a: b           | a key begins where none may: indent it as the keys beside it",
                "\\b reference: a           | it is indented otherwise than the keys beside it",
                "- reference: a            | an item of a list begins beside keys",
                "\\treference: a            | a tab stands where only blanks may: before a key, or beside its value",
                "reference:\ta            | a tab stands where only blanks may: before a key, or beside its value",
                "reference: 'a'\tb        | a tab stands where only blanks may: before a key, or beside its value",
                "reference: @a             | a value that begins with @ is to be in quotes",
                "reference: *a             | a value that begins with * is to be in quotes",
                "reference: 'O'Brien'      | a text that belongs to no key",
                "reference: \"a\" b         | a text that belongs to no key",
            })
    void what_is_no_yaml_is_told_with_what_to_do(String line, String said) {
        String text =
                HEAD + "fields:\n" + REQUIRED + "  " + line.replace("\\n", "\n").replace("\\t", "\n\t");
        assertThatThrownBy(() -> Yaml.read("bad/mapping.yaml", text.replace("  \\b", "")))
                .hasMessageContaining("this file cannot be read as YAML: " + said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "customs.contents: { from: a, lookup: t } | 1: gifts |"
                        + " bad/mapping.yaml:14, source lookups.t.values.1: /customs/contents \"gifts\" is not allowed"
                        + " (expected one of: merchandise, gift)",
                "items[]: { each: l, fields: { sku: s, quantity: { from: q, lookup: t } } } | 1: one |"
                        + " bad/mapping.yaml:14, source lookups.t.values.1: /quantity \"one\" is not a whole number",
            })
    void a_word_of_a_lookup_that_its_place_never_takes_is_told(String line, String word, String said) {
        assertThat(withLookup(line, "values: {\n    " + word + " }"))
                .singleElement()
                .asString()
                .startsWith(said);
    }

    @Test
    void so_is_what_a_lookup_answers_where_it_has_no_word() {
        assertThat(withLookup(
                        "customs.contents: { from: a, lookup: t }",
                        "values: { 1: gift }, onMissing: default, default: gifts"))
                .singleElement()
                .asString()
                .startsWith(
                        "bad/mapping.yaml:13, source lookups.t.default: /customs/contents \"gifts\" is not allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "customs.contents: { from: a, lookup: t }\n  reference: { from: b, lookup: t }",
                "shipFrom.country: { from: a, lookup: t, country: alpha2 }",
                "reference: { from: a, lookup: t }",
                "billing.references: { from: a, split: \";\", lookup: t }",
                "items[0].unitPrice: { from: a, lookup: t, currency: USD }",
                "metadata.any: { from: a, lookup: t }"
            })
    void a_word_that_some_line_of_the_lookup_takes_or_makes_another_of_is_let_be(String line) {
        assertThat(withLookup(line, "values: { 1: 2, 2: \"3\", 4: \"\", 5: Germany }"))
                .isEmpty();
    }

    private List<Problem> withLookup(String line, String lookup) {
        return new Fresh(directory)
                .mapping("bad", HEAD + "fields:\n" + REQUIRED + "  " + line + "\nlookups:\n  t: { " + lookup + " }\n")
                .load()
                .problems();
    }
}
