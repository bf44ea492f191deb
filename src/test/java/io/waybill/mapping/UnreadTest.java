package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Document;
import io.waybill.format.Formats;
import io.waybill.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands where lines look further down is read by one of them, or told. */
class UnreadTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"address\": \"1 Main St\"}",
                "{\"address\": 17}",
                "{\"address\": [\"1 Main St\"]}",
                "{\"address\": [{\"street\": \"1 Main St\"}, \"2 Main St\"]}"
            })
    void a_value_where_lines_expect_an_object_is_told(String document) {
        Mapping mapping = reads("json", "street: { from: \"address[0].street\" }\n");

        assertThat(Fresh.apply(mapping, "{\"address\": {\"street\": \"1 Main St\"}}"))
                .isInstanceOf(Result.Mapped.class);
        assertThat(Fresh.problems(Fresh.apply(mapping, document)))
                .singleElement()
                .hasToString(
                        "fresh/mapping.yaml:1, row 1, source address: no line reads address. Map it, or list it under ignore.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"address\": \"\"}", "{\"address\": null}", "{\"address\": [\" \"]}"})
    void nothing_may_stand_there(String document) {
        Mapping mapping = reads("json", "street: { from: address.street }\n");
        assertThat(Fresh.apply(mapping, document)).isInstanceOf(Result.Mapped.class);
    }

    @Test
    void what_an_expression_names_is_read_whatever_it_is() {
        Mapping mapping = reads(
                "json", "street: { from: address.street }\nline: { expr: \"if (is-string(.address)) .address\" }\n");
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"address\": \"1 Main St\"}")))
                .isEqualTo("{\"line\":\"1 Main St\"}");
    }

    @Test
    void what_stands_in_a_text_or_a_comment_of_an_expression_is_no_name() {
        Mapping mapping = reads(
                "json",
                "link: { expr: '\"https://shop.example/\\\"x.note/\" + .id // and .gift' }\nboth: { expr: '.\"a b\" + .  c' }\n");
        assertThat(Fresh.problems(
                        Fresh.apply(mapping, "{\"id\":1,\"a b\":1,\"c\":2,\"example\":3,\"note\":4,\"gift\":5}")))
                .extracting(problem -> problem.values().get("unread"))
                .containsExactly("example", "note", "gift");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".ship.name",
                "$root.ship.name",
                ".ship | .name",
                "let s = (.ship) $s.name",
                "if (.ship) .ship.name",
                "fallback(.ship, {}).name",
                "flatten([.ship])[0] | .name",
                "let all = [for ([.ship]) string(.name)] $all[0]",
                "let all = [for ([.ship]) . if (is-object(.) and .name != null)] $all[0].name",
                "let o = {\"a\": .ship.name} $o.a"
            })
    void an_expression_reads_the_paths_it_names_and_nothing_beside_them(String expr) {
        Mapping mapping = reads("json", "name: { expr: '" + expr + "' }\n");
        assertThat(unread(Fresh.apply(mapping, "{\"ship\": {\"name\": \"Jane\"}}")))
                .isEmpty();
        assertThat(unread(Fresh.apply(mapping, "{\"ship\": {\"name\": {\"x\": 1}, \"x\": 1}, \"name\": 1}")))
                .containsExactly("ship.x", "name");
        assertThat(unread(Fresh.apply(reads("json", "name: { expr: .ship.name }\n"), "{\"ship\": \"text\"}")))
                .containsExactly("ship");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                ".ship",
                "string(.ship)",
                "$root | .ship | string(.)",
                "size(.ship)",
                "if (.ship) 1",
                "{* : .}",
                "{\"a\": 1, * - b : .}",
                "{for (.ship) .key : .value}",
                "[for (.ship) .key + .value.k]",
                "let s = (.ship) [for ($s) .value]",
                "to-json(.ship)",
                ".ship == {\"a\": 1}",
                ".ship + {\"a\": 1}",
                "let a = [for (.ship) .] $a[0]",
                "let a = (.ship.a) let b = (.ship.b) join([$a, string($b)], \"-\")",
                "def a(s) $s.a def b(s) $s.b b(.ship) + a(.ship) + .ship.k",
                ".ship.a[1] + .ship.a[0 : 1] + .ship.b + $root.ship.c"
            })
    void what_an_expression_takes_whole_is_read_with_all_below_it(String expr) {
        Mapping mapping = reads("json", "name: { expr: '" + expr + "', when: { expr: 'true', in: [false] } }\n");
        assertThat(unread(Fresh.apply(mapping, "{\"ship\": {\"a\": \"x\", \"b\": {\"k\": 1}}}")))
                .isEmpty();
    }

    @Test
    void one_element_that_an_expression_takes_leaves_the_others_unread() {
        String lines = "{\"lines\": [{\"sku\": \"A\"}, {\"sku\": \"B\"}]}";
        assertThat(unread(Fresh.apply(reads("json", "sku: { expr: '.lines[0].sku' }\n"), lines)))
                .containsExactly("lines.sku");
        for (String all : List.of(
                "let all = [for (.lines) .sku] $all[0]",
                "let all = (.lines[0 : ]) $all[1].sku",
                "let all = flatten(.lines) $all[0].sku")) {
            assertThat(unread(Fresh.apply(reads("json", "sku: { expr: '" + all + "' }\n"), lines)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".lines.sku",
                "$root.lines.sku",
                "let all = (.lines) $all.sku",
                "if (.lines) .lines.sku",
                "[for (.lines.sku) .]",
                "[for (.all) .sku.a]",
                ".lines.key + .lines.value"
            })
    void a_name_an_expression_asks_of_a_list_reads_nothing(String expr) {
        Mapping mapping = reads("json", "name: { expr: '" + expr + "' }\n");
        assertThat(unread(Fresh.apply(mapping, "{\"lines\": [{\"sku\": \"A\"}, {\"sku\": \"B\"}]}")))
                .containsExactly(expr.contains(".all") ? "lines" : "lines.sku");
        assertThat(unread(Fresh.apply(mapping, "{\"all\": [{\"sku\": [{\"a\": 1}]}]}")))
                .containsExactly(expr.contains(".all") ? "all.sku.a" : "all");
    }

    @Test
    void an_expression_that_goes_through_a_list_or_counts_in_it_reads_nothing_of_what_is_none() {
        String alone = "{\"line\": {\"sku\": \"A\"}}";
        for (String list : List.of("[for (.line) .sku]", ".line[0].sku")) {
            Mapping mapping = reads("json", "skus: { expr: '" + list + "' }\n");
            assertThat(unread(Fresh.apply(mapping, alone))).as(list).containsExactly("line.sku");
        }
        for (String either : List.of(
                "[for (flatten([.line])) .sku]",
                "if (is-array(.line)) .line[0].sku else .line.sku",
                "[for (.line) .value]")) {
            Mapping mapping = reads("json", "skus: { expr: '" + either + "' }\n");
            assertThat(unread(Fresh.apply(mapping, alone))).as(either).isEmpty();
        }
    }

    @Test
    void what_an_expression_asks_of_a_list_as_a_whole_reads_none_of_the_fields_in_it() {
        String lines = "{\"lines\": [{\"sku\": \"A\"}, {\"sku\": \"B\"}]}";
        assertThat(unread(Fresh.apply(reads("json", "sku: { expr: 'if (.lines) .lines[0].sku' }\n"), lines)))
                .containsExactly("lines.sku");
    }

    @Test
    void an_expression_within_a_list_reads_of_its_element_and_of_the_document() {
        Mapping mapping = reads(
                "json",
                "all[]: { each: lines, when: { expr: .kind.code, in: [a] }, fields: { x: { expr: .sku + $root.head.no } } }\n");
        assertThat(unread(Fresh.apply(mapping, """
                        {"head": {"no": 1, "x": 2}, "lines": [{"sku": 1, "kind": {"code": "a", "y": 1}}], "sku": 3}"""))).containsExactly("head.x", "lines.kind.y", "sku");
    }

    @Test
    void the_text_of_an_element_is_read_with_and_without_attributes() {
        Mapping mapping = reads(
                "xml",
                "net: { from: \"Weight[0].#text\" }\nunit: { from: Weight.@unit }\n"
                        + "notes[]: { each: Note, fields: { said: { from: \"#text\" }, by: { from: \"@by\" } } }\n");

        assertThat(results(mapping, "<Order><Weight>2.5</Weight><Note>A</Note><Note by='J'>B</Note></Order>"))
                .containsExactly("{\"net\":\"2.5\",\"notes\":[{\"said\":\"A\"},{\"said\":\"B\",\"by\":\"J\"}]}");
        assertThat(results(mapping, "<Order><Weight unit='kg'>2.5</Weight></Order>"))
                .containsExactly("{\"net\":\"2.5\",\"unit\":\"kg\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net: { from: Weight, decimal: \".\" }\n",
                "net: { from: Weight, int: true }\n",
                "net: { from: Weight, case: upper }\n",
                "net: { join: [Weight, Unit], with: \" \" }\n"
            })
    void who_reads_an_element_beside_its_attributes_is_told_how_its_text_is_read(String line) {
        Mapping mapping = reads("xml", line);
        assertThat(Fresh.applyAll(mapping, "<Order><Weight unit='kg'>2.5</Weight></Order>"))
                .flatExtracting(Fresh::problems)
                .extracting(problem -> String.valueOf(problem.hint(Locale.ENGLISH)))
                .anySatisfy(hint -> assertThat(hint).contains("Weight.#text"));
    }

    @Test
    void so_is_who_writes_it_where_a_number_or_a_text_belongs() throws Exception {
        Mapping mapping = new Fresh(directory).get("""
                writes: order/1
                reads: { format: xml, records: [Order] }
                unmapped: off
                fields:
                  orderId: No
                  shipTo.name: Name
                  items[0].quantity: Qty
                """);
        assertThat(Fresh.applyAll(
                        mapping, "<Order><No a='1'>7</No><Name lang='de'>Ada</Name><Qty unit='pc'>2</Qty></Order>"))
                .flatExtracting(Fresh::problems)
                .extracting(problem -> String.valueOf(problem.hint(Locale.ENGLISH)))
                .anySatisfy(hint -> assertThat(hint).contains("write Name.#text"))
                .anySatisfy(hint -> assertThat(hint).contains("write Qty.#text"));
    }

    @Test
    void a_value_that_is_no_element_is_told_nothing_of_texts() {
        Mapping mapping = reads("json", "net: { from: weight, decimal: \".\" }\n");
        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"weight\": \"heavy\"}")))
                .extracting(problem -> problem.hint(Locale.ENGLISH))
                .containsOnlyNulls();
    }

    @Test
    void a_record_of_fixed_length_that_no_line_reads_is_told_with_its_fields() {
        Mapping mapping = new Fresh(directory)
                .file(
                        "fresh/records.csv",
                        "record,name,from,length,type\n01,mark,1,2,record\n01,no,3,4,\n10,mark,1,2,record\n10,sku,3,4,\n10,qty,7,2,number\n")
                .get("writes: free\nreads: { format: fixed, layout: records.csv }\nfields:\n  no: 01.no\n");
        assertThat(Fresh.applyAll(mapping, "01A001\n10MUG 02\n10CAP 01\n"))
                .flatExtracting(Fresh::problems)
                .extracting(problem -> problem.detail(Locale.ENGLISH))
                .contains("no line reads 10.mark, 10.sku, 10.qty");
    }

    @Test
    void a_text_in_places_of_a_fixed_length_line_that_nobody_declared_is_told() {
        Mapping records = new Fresh(directory)
                .file(
                        "fresh/records.csv",
                        "record,name,from,length,type\n01,mark,1,2,record\n01,no,3,4,\n10,mark,1,2,record\n10,sku,3,4,\n10,gap,7,1,filler\n10,qty,9,2,number\n")
                .get(
                        "writes: free\nreads: { format: fixed, layout: records.csv }\nignore: [01.mark, 10.mark]\nfields:\n"
                                + "  no: 01.no\n  lines[]: { each: \"10\", fields: { sku: sku, qty: qty } }\n");
        assertThat(Fresh.applyAll(records, "01A001\n10MUG x 02\n01A002\n10MUG-X 02\n10MUG-XL02\n"))
                .extracting(result -> Fresh.problems(result).stream()
                        .map(problem -> problem.values().get("unread"))
                        .toList())
                .containsExactly(List.of(), List.of("10.column_8"));

        Mapping rows = new Fresh(directory)
                .file("fresh/lines.csv", "name,from,length\nno,3,4\nsku,9,4\n")
                .get("writes: free\nreads: { format: fixed, layout: lines.csv }\nfields:\n  no: no\n  sku: sku\n");
        assertThat(Fresh.applyAll(rows, "  A001  MUG\n# A00112MUG\n"))
                .flatExtracting(Fresh::problems)
                .extracting(problem -> problem.values().get("unread"))
                .containsExactly("column_1", "column_7");
    }

    @Test
    void places_that_nobody_declared_are_called_as_no_field_of_their_line() {
        Mapping rows = new Fresh(directory)
                .file("fresh/lines.csv", "name,from,length\ncolumn_7,3,4\ncolumn_8,8,3\n")
                .get(
                        "writes: free\nreads: { format: fixed, layout: lines.csv }\nfields:\n  no: column_7\n  sku: column_8\n");
        List<Result> read = Fresh.applyAll(rows, "  A001 MUG\n  A002xCUP\n");
        assertThat(Fresh.json(read.get(0))).isEqualTo("{\"no\":\"A001\",\"sku\":\"MUG\"}");
        assertThat(told(read.get(1))).containsExactly("column_7_2");

        Mapping records = new Fresh(directory)
                .file(
                        "fresh/records.csv",
                        "record,name,from,length,type\n10,mark,1,2,record\n10,column_7,3,4,\n10,column_8,8,3,\n")
                .get("writes: free\nreads: { format: fixed, layout: records.csv }\nignore: [10.mark]\nfields:\n"
                        + "  no: 10.column_7\n  sku: 10.column_8\n");
        read = Fresh.applyAll(records, "10A001 MUG\n10A002xCUP\n");
        assertThat(Fresh.json(read.get(0))).isEqualTo("{\"no\":\"A001\",\"sku\":\"MUG\"}");
        assertThat(told(read.get(1))).containsExactly("10.column_7_2");
    }

    @Test
    void places_that_nobody_declared_hold_nothing_where_they_split_a_character_or_are_filled_with_nul() {
        Mapping mapping = new Fresh(directory)
                .file("fresh/lines.csv", "name,from,length,type\nno,1,2,\nrest,4,2,filler\nsku,6,3,\n")
                .get("writes: free\nreads: { format: fixed, layout: lines.csv, lengths: bytes }\nfields:\n"
                        + "  no: no\n  sku: sku\n");
        assertThat(Fresh.applyAll(mapping, "A1\u00e9xMUG\nA2\0\0\0MUG\nA3 xxMUG\n"))
                .extracting(Fresh::json)
                .containsExactly(
                        "{\"no\":\"A1\",\"sku\":\"MUG\"}",
                        "{\"no\":\"A2\",\"sku\":\"MUG\"}",
                        "{\"no\":\"A3\",\"sku\":\"MUG\"}");
    }

    private static List<String> told(Result result) {
        return Fresh.problems(result).stream()
                .map(problem -> problem.values().get("unread"))
                .toList();
    }

    @Test
    void a_text_beside_attributes_that_are_read_is_told() {
        Mapping mapping = reads("xml", "unit: { from: Weight.@unit }\n");
        assertThat(Fresh.applyAll(mapping, "<Order><Weight>2.5</Weight></Order>"))
                .flatExtracting(Fresh::problems)
                .extracting(problem -> problem.code() + " " + problem.values().get("unread"))
                .containsExactly("UNMAPPED_SOURCE_FIELD Weight");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'order.no': 'A1'}              | .'order.no'",
                "{'order': {'ship.to': {'a': 1}}} | .order.'ship.to'",
                "{'lines': [{'a.b': 1}]}         | .'a.b'",
                "{'cart.lines': [{'sku': 'MUG'}]} | .'cart.lines'"
            })
    void a_key_with_a_point_is_told_with_the_expression_that_reads_it(String document, String expression) {
        String json = document.replace('\'', '"');
        String read = "expr: '" + expression.replace('\'', '"') + "'";
        Mapping mapping = reads("json", "no: { from: order.no }\nl[]: { each: lines, fields: { n: n } }\n");
        assertThat(Fresh.problems(Fresh.apply(mapping, json)))
                .last(InstanceOfAssertFactories.type(Problem.class))
                .asString()
                .endsWith(" (expected " + read + "). Map it, or list it under ignore.");

        boolean inList = json.startsWith("{\"lines\"");
        Mapping mended = reads(
                "json",
                "no: { from: no }\n"
                        + (inList ? "l[]: { each: lines, fields: { x: { " + read + " } } }" : "x: { " + read + " }"));
        assertThat(Fresh.json(Fresh.apply(mended, json))).contains("\"x\":");
    }

    @Test
    void an_apostrophe_in_such_a_key_is_told_as_yaml_wants_it() {
        String read = "expr: '.\"buyer''s.no\"'";
        assertThat(Fresh.problems(Fresh.apply(reads("json", "id: { from: id }\n"), "{\"buyer's.no\": 7}")))
                .singleElement()
                .asString()
                .contains(" (expected " + read + ").");
        assertThat(Fresh.json(Fresh.apply(reads("json", "no: { " + read + " }\n"), "{\"buyer's.no\": 7}")))
                .isEqualTo("{\"no\":7}");
    }

    private List<String> results(Mapping mapping, String xml) {
        return Fresh.applyAll(mapping, xml).stream().map(Fresh::json).toList();
    }

    private Mapping reads(String format, String fields) {
        return new Fresh(directory)
                .get("writes: free\nreads: { format: " + format + " }\nunmapped: error\nfields:\n" + fields.indent(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sku: { from: \"cart.lines[0].sku\" }\n",
                "items[]: { each: \"cart.lines[0]\", fields: { sku: { from: sku } } }\n",
                "items[]: { each: cart, fields: { sku: { from: \"lines[0].sku\" } } }\n"
            })
    void elements_of_a_list_that_no_line_takes_are_told(String fields) {
        Mapping mapping = reads("json", fields);
        String three = "{\"cart\": {\"lines\": [{\"sku\": \"MUG\"}, {\"qty\": 1}, {\"sku\": \"PEN\"}]}}";
        assertThat(unread(Fresh.apply(mapping, three))).contains("cart.lines.sku");
        assertThat(Fresh.apply(mapping, "{\"cart\": {\"lines\": [{\"sku\": \"MUG\"}, {}, {\"sku\": \" \"}]}}"))
                .isInstanceOf(Result.Mapped.class);
        assertThat(Fresh.apply(mapping, "{\"cart\": {\"lines\": {\"sku\": \"MUG\"}}}"))
                .isInstanceOf(Result.Mapped.class);
        assertThat(mapping.coverage(List.of(Document.of(Formats.json(three, "s"))))
                        .unread())
                .contains("cart.lines.sku");
    }

    @Test
    void each_numbered_element_is_read_by_its_own_lines_and_by_those_of_all() {
        Mapping mapping = reads("json", """
                first: { from: "lines[0].sku" }
                second: { from: "lines[1].qty" }
                all[]: { each: lines, fields: { text: { from: text } } }
                tag: { from: "lines[0].tags[1]" }
                """);
        assertThat(unread(Fresh.apply(mapping, """
                        {"lines": [{"sku": "A", "text": "a", "tags": [" ", "t"]}, {"qty": 1, "text": "b"}]}"""))).isEmpty();
        assertThat(unread(Fresh.apply(mapping, """
                        {"lines": [{"sku": "A", "qty": 2}, {"sku": "B"}, {"text": "c"}]}"""))).containsExactly("lines.qty", "lines.sku");
        assertThat(unread(Fresh.apply(mapping, "{\"lines\": [{\"tags\": [\"s\", \"t\"]}]}")))
                .containsExactly("lines.tags");
    }

    @Test
    void an_element_that_is_chosen_by_a_field_leaves_the_others_unread() {
        Mapping mapping = reads("json", """
                name: { from: "partners[role=WE].name" }
                city: { from: "partners[0].city" }
                """);
        assertThat(unread(Fresh.apply(mapping, """
                        {"partners": [{"role": "WE", "name": "Jane", "city": "Austin"}, {"role": "AG"}]}"""))).isEmpty();
        assertThat(unread(Fresh.apply(mapping, """
                        {"partners": [{"role": "AG", "city": "Austin"}, {"role": "WE", "name": "Jane", "city": "Waco"},
                        {"role": "WE", "name": "Joe"}]}"""))).containsExactly("partners.city", "partners.name");
    }

    @Test
    void a_second_line_of_an_xml_document_is_told_too() {
        Mapping mapping = reads("xml", "sku: { from: \"Lines.Line[0].Sku\" }\n");
        assertThat(results(mapping, "<Order><Lines><Line><Sku>A</Sku></Line></Lines></Order>"))
                .containsExactly("{\"sku\":\"A\"}");
        assertThat(Fresh.applyAll(
                        mapping, "<Order><Lines><Line><Sku>A</Sku></Line><Line><Sku>B</Sku></Line></Lines></Order>"))
                .flatExtracting(UnreadTest::unread)
                .containsExactly("Lines.Line.Sku");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines", "lines.sku", "\"lines[1]\"", "\"lines[sku=B]\""})
    void elements_that_are_not_wanted_are_listed_like_any_field(String ignored) {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: json }
                unmapped: error
                ignore: [%s]
                fields:
                  sku: { from: "lines[0].sku" }
                """.formatted(ignored));
        assertThat(Fresh.json(Fresh.apply(mapping, "{\"lines\": [{\"sku\": \"A\"}, {\"sku\": \"B\"}]}")))
                .isEqualTo("{\"sku\":\"A\"}");
    }

    @Test
    void a_field_with_a_point_in_its_name_is_ignored_as_it_is_told() {
        String rest =
                "writes: free\nreads: { format: json }\nunmapped: error\n%sfields:\n  no: no\n  x: { from: ship.x }\n";
        String document = "{\"no\": 1, \"gift.note\": 2, \"ship\": [{\"x\": 3, \"geo.at.lat\": 4}]}";
        assertThat(unread(Fresh.apply(new Fresh(directory).get(rest.formatted("")), document)))
                .contains("gift.note", "ship.geo.at.lat");
        Mapping mapping = new Fresh(directory).get(rest.formatted("ignore: [gift.note, ship.geo.at.lat]\n"));
        assertThat(unread(Fresh.apply(mapping, document.replaceAll("[\\[\\]]", ""))))
                .isEmpty();
        assertThat(unread(Fresh.apply(mapping, "{\"no\": 1, \"gift\": 2, \"note\": 3, \"geo.at.lat\": 4}")))
                .containsExactly("gift", "note", "geo.at.lat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sku: { from: lines.article.sku }\n",
                "sku: { from: [lines.article.sku, id] }\n",
                "sku: { join: [id, lines.article.sku] }\n",
                "sku: { from: id, when: { from: lines.article.sku, empty: true } }\n",
                "all[]: { each: $.lines, when: { from: $.lines.article.sku, empty: true }, fields: { sku: { from: $.id } } }\n"
            })
    void a_path_that_does_not_say_which_element_it_means_is_a_problem(String fields) {
        Mapping mapping = new Fresh(directory)
                .get("writes: free\nreads: { format: json }\nunmapped: off\nfields:\n" + fields.indent(2));
        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"id\": 1, \"lines\": [{\"article\": {\"sku\": \"MUG\"}}]}")))
                .first()
                .asString()
                .contains("lines is a list, so that nothing can be read by this path")
                .contains("Go through it with each, or take one element of it: ")
                .contains("lines[0].article.sku.");
        for (String none : List.of("[]", "[{}]", "null", "{}")) {
            assertThat(Fresh.problems(Fresh.apply(mapping, "{\"id\": 1, \"lines\": " + none + "}")))
                    .extracting(Problem::code)
                    .doesNotContain("IS_A_LIST");
        }
    }

    @Test
    void who_asks_a_list_of_a_list_is_told_an_expression_that_reads_its_first_element() {
        String lists = "{\"lists\": [[{\"Ship to\": {\"x\": 1}}]]}";
        Mapping path = new Fresh(directory).free("all[]: { each: lists, fields: { s: { from: Ship to.x } } }\n");
        assertThat(Fresh.problems(Fresh.apply(path, lists)))
                .singleElement()
                .asString()
                .endsWith("take one element of it: expr: '.[0].\"Ship to\".x'.");
        Mapping advised =
                new Fresh(directory).free("all[]: { each: lists, fields: { s: { expr: '.[0].\"Ship to\".x' } } }\n");
        assertThat(Fresh.json(Fresh.apply(advised, lists))).isEqualTo("{\"all\":[{\"s\":1}]}");
    }

    @Test
    void what_is_passed_over_by_a_field_of_a_list_is_a_problem_too() {
        Mapping mapping = new Fresh(directory).get("""
                writes: free
                reads: { format: xml }
                unmapped: off
                skip:
                  - { when: { from: Ship.State, in: [draft] }, reason: a draft }
                fields:
                  id: Id
                """);
        String ship = "<Ship><State>draft</State></Ship>";
        assertThat(Fresh.applyAll(mapping, "<Order><Id>1</Id>" + ship + "</Order>"))
                .singleElement()
                .isInstanceOf(Result.Skipped.class);
        assertThat(Fresh.applyAll(mapping, "<Order><Id>1</Id>" + ship + ship + "</Order>"))
                .flatExtracting(Fresh::problems)
                .singleElement()
                .hasToString(
                        "fresh/mapping.yaml:1, row 1, source Ship.State: Ship is a list, so that nothing can be read"
                                + " by this path. Go through it with each, or take one element of it: Ship[0].State.");
    }

    private static List<String> unread(Result result) {
        return Fresh.problems(result).stream()
                .map(problem -> problem.values().get("unread"))
                .toList();
    }
}
