package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Formats;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A column is found by its name in one line, wherever a mapping names it and however file and mapping part its words. */
class ColumnNamesTest {
    @TempDir
    Path folder;

    @Test
    void each_key_of_a_mapping_finds_the_column() {
        Mapping mapping = new Fresh(folder).get("""
                writes: free
                reads: { format: csv, groupBy: "Order  no | No", fillDown: ["Ship  to"] }
                unmapped: error
                ignore: ["Inner   note"]
                skip:
                  - when: { from: "Is  void", in: ["yes"] }
                    reason: void
                fields:
                  id: "Order  no"
                  to: "Ship\\n to"
                  items[]:
                    each: rows
                    fields:
                      sku: " Item  sku"
                """);

        List<Result> results = Fresh.applyAll(mapping, """
                "Order
                no",Ship  to,Inner note,Is\u00a0 void,"Item
                 sku"
                1,Ann,x,,A
                1,,x,,B
                2,Bob,x,yes,C
                """);

        assertThat(text(results.get(0)))
                .isEqualTo("{\"id\":\"1\",\"to\":\"Ann\",\"items\":[{\"sku\":\"A\"},{\"sku\":\"B\"}]}");
        assertThat(results.get(1)).isInstanceOf(Result.Skipped.class);
    }

    @Test
    void an_expression_finds_the_column_too() {
        Mapping mapping = new Fresh(folder).get("""
                writes: free
                reads: { format: csv }
                unmapped: error
                fields:
                  sum: { expr: 'number(."Net  weight") + number(."Tare\\nweight") // ."No  column"' }
                  said: { expr: '"a  \\"b  c" + $root."Net  weight"' }
                """);

        assertThat(Fresh.applyAll(mapping, "Net  weight,\"Tare\nweight\"\n3,2\n"))
                .extracting(ColumnNamesTest::text)
                .containsExactly("{\"sum\":5,\"said\":\"a  \\\"b  c3\"}");
    }

    @Test
    void a_key_of_json_is_what_it_is() {
        Mapping mapping = new Fresh(folder).free("sum: { expr: '.\"Net  weight\"' }");

        assertThat(text(Fresh.apply(mapping, "{\"Net  weight\": \"3\"}"))).isEqualTo("{\"sum\":\"3\"}");
    }

    @Test
    void a_column_of_sql_is_found_by_an_expression() {
        Mapping mapping = new Fresh(folder).get("""
                writes: free
                reads: { format: row }
                unmapped: error
                fields:
                  sum: { expr: '."net  weight"' }
                """);

        assertThat(text(mapping.apply(Formats.row(Map.of("NET  WEIGHT", "3"))))).isEqualTo("{\"sum\":\"3\"}");
    }

    @Test
    void of_two_columns_of_sql_that_differ_in_blanks_alone_neither_is_lost() {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("NET WEIGHT", "3");
        row.put("NET  WEIGHT", "4");

        assertThat(Formats.row(row).tree()).hasToString("{\"net weight\":\"3\",\"net  weight\":\"4\"}");
    }

    @Test
    void a_table_of_words_may_part_its_names_as_it_likes() {
        Mapping mapping = new Fresh(folder)
                .file("lookups/words.csv", "Old  code,\"New\ncode\"\nSTD,ground\n")
                .get("""
                        writes: free
                        reads: { format: json }
                        lookups:
                          words: { file: words.csv, key: "Old  code", value: "New\\ncode" }
                        fields:
                          service: { from: service, lookup: words }
                        """);

        assertThat(text(Fresh.apply(mapping, "{\"service\": \"STD\"}"))).isEqualTo("{\"service\":\"ground\"}");
    }

    @Test
    void what_is_written_may_be_called_as_its_reader_calls_it() {
        Mapping mapping = new Fresh(folder).get("""
                writes: free
                reads: { format: json }
                fields:
                  rows[]:
                    each: parcels
                    fields:
                      Straße und Nr: street
                      '"Sendungs-Nr."': number
                      Preis/Stk: { from: price, decimal: "." }
                      'Order #': $.order
                  '"a.b [c]"[1].2nd': order
                  订单号: order
                """);

        assertThat(text(Fresh.apply(mapping, """
                {"order": "1", "parcels": [{"street": "Weg 1", "number": "7", "price": "2.50"}]}
                """))).isEqualTo("""
                        {"rows":[{"Straße und Nr":"Weg 1","Sendungs-Nr.":"7","Preis/Stk":2.50,"Order #":"1"}],\
                        "a.b [c]":[{"2nd":"1"}],"订单号":"1"}""");
        assertThat(mapping.columns()).containsExactly("Straße und Nr", "Sendungs-Nr.", "Preis/Stk", "Order #");
        assertThat(Fresh.problems(Fresh.apply(mapping, """
                {"order": "1", "parcels": [{"street": "Weg 1", "number": "7", "price": "two"}]}
                """))).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/rows/0/Preis~1Stk");
            assertThat(problem.values()).containsEntry("field", "rows[0].Preis/Stk");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a..b",
                "a.",
                ".a",
                "Nr.",
                "a[0",
                "a[0]b",
                "'a '",
                "' a'",
                "'\"a'",
                "'a\"b\"'",
                "'\"\"'",
                "'[0]'",
                "\"a\\0b\"",
                "\"a\\u200Bb\"",
                "\"a\\u00A0b\"",
                "\"a\\u3000b\"",
                "\"a\\u2028b\"",
                "\"\\\"a\\nb\\\"\"",
                "\"\\\"a\\u200Bb\\\"\"",
                "\"\\\"a\\u3000\\\"\"",
                "'\" a\"'",
                "'\"a \"'",
                "'\" \"'"
            })
    void what_is_no_name_is_refused_with_how_to_write_one(String target) {
        assertRefused(target);
    }

    @Test
    void a_name_of_endless_words_is_refused() {
        assertRefused("a ".repeat(500) + "b");
        assertRefused("? " + "a ".repeat(20_000) + "b\n  ");
    }

    private void assertRefused(String target) {
        assertThat(new Fresh(folder)
                        .mapping(
                                "m",
                                "mapping: m\nversion: 1\nwrites: free\nreads: { format: json }\nfields:\n  " + target
                                        + ": a\n")
                        .load()
                        .problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.toString())
                                .contains(
                                        "is not a path to write to (expected a.b, a[0].b, a[] for a list; a name with a point in quotes"));
    }

    private static String text(Result result) {
        return result instanceof Result.Mapped mapped
                ? mapped.tree().toString()
                : Fresh.problems(result).stream().map(Object::toString).collect(Collectors.joining("; "));
    }
}
