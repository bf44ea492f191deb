package io.waybill.mapping;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTest {
    private static final String GROUPED = """
            writes: order/1
            reads: { format: csv, groupBy: order_no }
            unmapped: %s
            fields:
              orderId: order_no
              shipTo.name: name
              shipTo.line1: street
              shipTo.city: city
              shipTo.country: { from: country, country: alpha2, required: true }
              shipTo.phone: { from: phone, required: false }
              items[]:
                each: rows
                fields:
                  sku: sku
                  quantity: { from: qty, int: true, min: 1, required: true }
            """;

    @TempDir
    Path directory;

    @Test
    void of_a_file_on_disk_a_group_that_stands_apart_is_bad_in_every_place() throws IOException {
        Mapping mapping = new Fresh(directory).get(GROUPED.formatted("error"));
        Path file = Files.writeString(directory.resolve("apart.csv"), """
                order_no,name,street,city,country,sku,qty
                US1,Jane Roe,Main St 1,Austin,US,A,1
                US2,Jane Roe,Main St 1,Austin,US,A,1
                US1,Jane Roe,Main St 1,Austin,US,B,1
                """);
        List<Integer> problems = new ArrayList<>();
        try (DocumentReader reader = mapping.open(file, "apart.csv")) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                problems.add(next.problems().size());
            }
        }
        assertThat(problems).containsExactly(1, 0, 1);
    }

    @Test
    void what_no_line_writes_is_missing_at_the_line_that_writes_beside_it() {
        Mapping mapping = new Fresh(directory).order("parcels[0].weight.value: { from: kg, decimal: \".\" }");

        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"kg\": \"1.2\"}")))
                .extracting(problem ->
                        problem.pointer() + " line " + problem.values().get("line"))
                .containsExactly("/parcels/0/weight/unit line 12");
    }

    @Test
    void all_errors_of_a_document_come_at_once_with_their_place() {
        Mapping mapping = new Fresh(directory).get(GROUPED.formatted("error"));
        List<Result> results = Fresh.applyAll(mapping, """
                order_no,name,street,city,country,sku,qty
                1,Jane Roe,Main St 1,Austin,Texas,A,0
                1,Jane Roe,Main St 1,Austin,Texas,,two
                2,Jane Roe,Main St 1,Austin,US,A,1
                """);
        assertThat(Fresh.problems(results.get(0)))
                .extracting(problem -> problem.code() + " " + problem.pointer() + " row "
                        + problem.values().get("row") + " line "
                        + problem.values().get("line"))
                .containsExactly(
                        "NOT_A_COUNTRY /shipTo/country row 2 line 11",
                        "OUT_OF_RANGE /items/0/quantity row 2 line 17",
                        "REQUIRED /items/1/sku row 3 line 16",
                        "NOT_A_WHOLE_NUMBER /items/1/quantity row 3 line 17");
        assertThat(Fresh.problems(results.get(0)).get(0).values())
                .containsEntry("mapping", "fresh")
                .containsEntry("version", "1")
                .containsEntry("file", "fresh/mapping.yaml")
                .containsEntry("field", "shipTo.country")
                .containsEntry("source", "country")
                .containsEntry("value", "Texas");
        assertThat(results.get(1)).isInstanceOf(Result.Mapped.class);
    }

    @Test
    void what_a_spreadsheet_shows_where_a_formula_has_no_result_is_nobodys_name() {
        Mapping mapping = new Fresh(directory).get(GROUPED.formatted("error"));
        List<Result> results = Fresh.applyAll(mapping, """
                order_no,name,street,city,country,phone,sku,qty
                1,#N/A,Main St 1,Austin,US,,A,1
                1,#N/A,Main St 1,Austin,US,,#REF!,1
                2,Jane Roe,Main St # 1,#NAME,US,,#1,1
                """);

        assertThat(Fresh.problems(results.get(0)))
                .extracting(Problem::toString)
                .satisfiesExactly(
                        name -> assertThat(name)
                                .contains(
                                        "row 2, source name: /shipTo/name",
                                        "a formula has no result",
                                        "Mend the formula"),
                        sku -> assertThat(sku).contains("row 3, source sku: /items/1/sku \"#REF!\" is what a"));
        assertThat(results.get(1)).isInstanceOf(Result.Mapped.class);
    }

    @Test
    void a_number_a_spreadsheet_has_shortened_is_no_name_of_anything() {
        Mapping mapping = new Fresh(directory).get(GROUPED.formatted("error"));
        List<Result> results = Fresh.applyAll(mapping, """
                order_no,name,street,city,country,phone,sku,qty
                4.50789E+11,Jane Roe,Main St 1,Austin,US,"4,91512E+12",A,1
                450789469123,1E+5,Main St 1,Austin,US,,2E5,1
                450789469123456000000,Jane Roe,Main St 1,Austin,US,,A,1
                2026120100000100000000,Jane Roe,Main St 1,Austin,US,,A,1
                """);
        assertThat(Fresh.problems(results.get(0)))
                .extracting(problem -> problem.code() + " " + problem.pointer())
                .containsExactly("DIGITS_LOST /orderId", "DIGITS_LOST /shipTo/phone");
        assertThat(results.subList(1, 4)).hasOnlyElementsOfType(Result.Mapped.class);
    }

    @Test
    void a_sign_that_was_lost_under_the_wrong_charset_is_told_and_not_written_as_one_nobody_sees() {
        Mapping mapping = new Fresh(directory).get(GROUPED.formatted("error"));
        List<Result> results = Fresh.applyAll(mapping, """
                order_no,name,street,city,country,phone,sku,qty
                1,Conor O\u0092Brien,Main St 1,Austin,US,,A,1
                2,Conor O’Brien,Main St 1,Austin,US,,A,1
                """);

        assertThat(Fresh.problems(results.get(0)))
                .extracting(Problem::toString)
                .singleElement(STRING)
                .contains(
                        "row 2, source name: /shipTo/name",
                        "nobody can read, U+0092, in place 8",
                        "windows-1252",
                        "over REST");
        assertThat(results.get(1)).isInstanceOf(Result.Mapped.class);
    }

    @Test
    void a_missing_column_is_one_clear_error_of_the_file() {
        Mapping mapping = new Fresh(directory).get(GROUPED.formatted("error"));
        assertThatThrownBy(() -> Fresh.applyAll(
                        mapping, "order_no,name,street,city,country,sku,quantity\n1,J,M,A,US,A,1\n1,J,M,A,US,B,1\n"))
                .hasMessageStartingWith("orders.csv:1: column qty is missing; did you mean")
                .hasMessageContaining("no line reads quantity");
    }

    @Test
    void a_title_above_the_header_is_one_problem_and_not_one_of_each_column() {
        Mapping mapping = new Fresh(directory)
                .get(
                        "writes: free\nreads: { format: csv }\nunmapped: error\nfields:\n  no: Order\n  to: Recipient\n  kg: Weight\n");
        assertThatThrownBy(() -> Fresh.applyAll(mapping, "Shipments of May 2026,,\nOrder,Recipient,Weight\n1,Jane,2\n"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .contains(
                                        "header, which begins with \"Shipments of May 2026\"",
                                        "reads Order, Recipient, Weight"));
        assertThatThrownBy(() -> Fresh.applyAll(mapping, "Ordr,Receiver,Kilos\n1,Jane,2\n"))
                .hasMessageContaining("column Order is missing; did you mean Ordr?");
    }

    @Test
    void a_column_nobody_reads_is_told_with_the_near_one_that_is_read_and_not_there() {
        Mapping mapping = new Fresh(directory)
                .get(
                        "writes: free\nreads: { format: csv }\nunmapped: error\nfields:\n"
                                + "  no: No\n  kg: { from: [Weight (kg), 重量(kg)], required: false }\n  to: { from: Note, required: false }\n");
        assertThat(unread(mapping, "No,Weight,Notes,Extra\n1,2,x,y\n"))
                .contains("no line reads Weight, Notes, Extra")
                .contains("Weight (kg), Note")
                .doesNotContain("重量");
        assertThat(unread(mapping, "No,重量,Number\n1,2,3\n"))
                .contains("no line reads 重量, Number")
                .contains("重量(kg)");
        assertThat(unread(mapping, "No,Nose\n1,2\n")).contains("no line reads Nose (expected Note)");
        assertThat(unread(mapping, "No,Noah,ab\n1,2,3\n"))
                .as("no more like than not")
                .doesNotContain("expected");
        assertThat(unread(mapping, "No,Note,Notes\n1,x,y\n"))
                .contains("no line reads Notes. Map it")
                .as("Note is there")
                .doesNotContain("expected");
    }

    private static String unread(Mapping mapping, String file) {
        try {
            return Fresh.applyAll(mapping, file).toString();
        } catch (ProblemException e) {
            return e.getMessage();
        }
    }

    @Test
    void a_column_nobody_reads_is_refused_noted_or_let_pass() {
        String file = "order_no,name,street,city,country,sku,qty,extra\n1,J,M,A,US,A,1,x\n";
        Fresh fresh = new Fresh(directory);
        assertThatThrownBy(() -> Fresh.applyAll(fresh.get(GROUPED.formatted("error")), file))
                .hasMessageContaining("no line reads extra");
        assertThat(Fresh.applyAll(fresh.get(GROUPED.formatted("warn")), file))
                .singleElement()
                .satisfies(result -> assertThat(((Result.Mapped) result).warnings())
                        .extracting(Problem::code)
                        .containsExactly("UNMAPPED_SOURCE_FIELD"));
        assertThat(Fresh.applyAll(fresh.get(GROUPED.formatted("off")), file))
                .singleElement()
                .satisfies(result ->
                        assertThat(((Result.Mapped) result).warnings()).isEmpty());
        assertThat(Fresh.applyAll(fresh.get(GROUPED.formatted("error") + "ignore: [extra]"), file))
                .singleElement()
                .isInstanceOf(Result.Mapped.class);
    }

    @Test
    void unread_fields_of_a_tree_are_named_by_path() {
        Mapping mapping = new Fresh(directory)
                .get("writes: free\nreads: { format: json }\nignore: [meta]\nfields:\n  id: a.id\n"
                        + "  rows[]: { each: a.lines, fields: { sku: sku } }\n");
        Result result = Fresh.apply(
                mapping,
                "{\"a\": {\"id\": 1, \"no\": 2, \"lines\": [{\"sku\": 1, \"tax\": 3}]}, \"meta\": {\"x\": 1}, \"n\": null}");
        assertThat(Fresh.problems(result))
                .extracting(problem -> problem.values().get("unread"))
                .containsExactly("a.no", "a.lines.tax");
    }

    @Test
    void each_goes_through_the_lists_of_a_list_and_what_stands_alone() {
        Mapping mapping = new Fresh(directory)
                .get("writes: free\nreads: { format: json }\nfields:\n"
                        + "  scans[]: { each: days.scans, fields: { code: code, of: $.id } }\n");
        Result result = Fresh.apply(
                mapping,
                "{\"id\": 7, \"days\": [{\"scans\": [{\"code\": \"A\"}, {\"code\": \"B\"}]}, {}, {\"scans\": {\"code\": \"C\"}}]}");
        assertThat(((Result.Mapped) result).tree())
                .hasToString(
                        "{\"scans\":[{\"code\":\"A\",\"of\":7},{\"code\":\"B\",\"of\":7},{\"code\":\"C\",\"of\":7}]}");
    }

    @Test
    void personal_values_are_masked_in_problems() {
        Mapping mapping =
                new Fresh(directory).order("shipTo.phone: { from: phone, max: 5 }\nreference: { from: r, max: 2 }");
        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"phone\": \"5551234\", \"r\": \"a\\r\\nb\"}")))
                .extracting(problem -> problem.values().get("value"))
                .containsExactly("5******", "a  b");
    }

    @Test
    void the_rules_of_the_target_hold_for_what_is_written() {
        Mapping mapping = new Fresh(directory).order("""
                        customs.contents: { from: contents }
                        placedAt: { from: at }
                        options.saturday: { from: sat }
                        items[]: { each: lines, fields: { sku: { from: sku }, originCountry: { from: origin }, quantity: { from: qty } } }
                        parcels[0].weight: { from: w, unit: kg }
                        shipFrom.city: { from: city }
                        """);
        assertThat(Fresh.problems(Fresh.apply(mapping, """
                        {"contents": "gifts", "at": "24.11.2026", "sat": "yes", "w": 0, "city": "Reno",
                         "lines": [{"sku": "A", "origin": "cn", "qty": "2.5"}, {"qty": 1}]}""")))
                .extracting(problem -> problem.code() + " " + problem.pointer())
                .containsExactlyInAnyOrder(
                        "NOT_ALLOWED /customs/contents",
                        "NOT_A_DATE /placedAt",
                        "WRONG_TYPE /options/saturday",
                        "NOT_LIKE_PATTERN /items/0/originCountry",
                        "NOT_A_WHOLE_NUMBER /items/0/quantity",
                        "REQUIRED /items/1/sku",
                        "OUT_OF_RANGE /parcels/0/weight/value",
                        "REQUIRED /shipFrom/line1",
                        "REQUIRED /shipFrom/country",
                        "REQUIRED /shipFrom/name");
    }

    @Test
    void documents_that_are_not_ours_are_skipped_with_the_reason() {
        Mapping mapping = new Fresh(directory)
                .get(
                        "writes: free\nreads: { format: json }\nunmapped: off\n"
                                + "skip:\n  - { when: { from: state, in: [draft] }, reason: not released }\nfields: { id: id }\n");
        assertThat(Fresh.apply(mapping, "{\"state\": \"draft\"}"))
                .isEqualTo(new Result.Skipped("not released", null, List.of()));
        assertThat(Fresh.apply(mapping, "{\"state\": \"done\", \"id\": 1}")).isInstanceOf(Result.Mapped.class);
    }

    @Test
    void a_key_that_stands_twice_within_a_constant_is_refused() {
        assertThatThrownBy(() -> new Fresh(directory)
                        .get("writes: free\nreads: { format: json }\nunmapped: off\nfields:\n"
                                + "  a: { const: { carrier: ups, tries: [{ id: 1, id: 2 }], carrier: dhl } }\n"))
                .hasMessageContaining("carrier")
                .hasMessageContaining("id");
    }

    @Test
    void an_order_that_waits_is_named_by_its_number_whatever_else_its_document_lacks() {
        Mapping mapping = new Fresh(directory).get("""
                        writes: order/1
                        reads: { format: json }
                        unmapped: off
                        cancel:
                          - { when: { from: state, in: [off] }, reason: called off }
                        hold:
                          - { when: { from: state, in: [draft, off] }, reason: not released any more }
                          - { when: { from: state, in: [sent in part] }, reason: sent in part, afterLabel: ignore }
                        skip:
                          - { when: { from: state, in: [draft] }, reason: not released }
                        fields:
                          orderId: id
                          shipTo.name: { from: n, required: true }
                        """);

        assertThat(Fresh.apply(mapping, "{\"state\": \"draft\", \"id\": \"SO-1\"}"))
                .isInstanceOfSatisfying(Result.Skipped.class, waits -> {
                    assertThat(waits.reason()).isEqualTo("not released any more");
                    assertThat(waits.stopped())
                            .isEqualTo(new Result.Stopped(
                                    Json.mapper().createObjectNode().put("orderId", "SO-1"), Stop.HOLD));
                });
        assertThat(Fresh.apply(mapping, "{\"state\": \"off\", \"id\": \"SO-1\"}"))
                .isInstanceOfSatisfying(
                        Result.Skipped.class,
                        off -> assertThat(requireNonNull(off.stopped()).how()).isEqualTo(Stop.CANCEL));
        assertThat(Fresh.apply(mapping, "{\"state\": \"sent in part\", \"id\": \"SO-1\"}"))
                .isInstanceOfSatisfying(
                        Result.Skipped.class,
                        part -> assertThat(requireNonNull(part.stopped()).how()).isEqualTo(Stop.HOLD_UNSOLD));
        assertThatThrownBy(() -> new Fresh(directory)
                        .get("writes: free\nreads: { format: json }\nhold:\n"
                                + "  - { when: { from: s, in: [x] }, reason: waits }\nfields:\n  orderId: id\n"))
                .hasMessageContaining("hold");
    }

    @Test
    void an_order_that_is_called_off_says_whether_that_is_news_once_it_has_a_label() {
        String head = "writes: order/1\nreads: { format: json }\nunmapped: off\ncancel:\n";
        String fields =
                "fields:\n  orderId: id\n  shipTo.name: n\n  shipTo.line1: s\n  shipTo.city: c\n  shipTo.country: x\n";
        Mapping mapping = new Fresh(directory)
                .get(head + "  - { when: { from: state, in: [off] }, reason: called off }\n"
                        + "  - { when: { from: state, in: [sent] }, reason: sent, afterLabel: ignore }\n" + fields);

        assertThat(Fresh.apply(mapping, "{\"state\": \"off\", \"id\": \"SO-1\"}"))
                .isInstanceOfSatisfying(
                        Result.Skipped.class,
                        off -> assertThat(off.stopped())
                                .isEqualTo(new Result.Stopped(
                                        Json.mapper().createObjectNode().put("orderId", "SO-1"), Stop.CANCEL)));
        assertThat(Fresh.apply(mapping, "{\"state\": \"sent\", \"id\": \"SO-1\"}"))
                .isInstanceOfSatisfying(
                        Result.Skipped.class,
                        sent -> assertThat(requireNonNull(sent.stopped()).how()).isEqualTo(Stop.CANCEL_UNSOLD));
        assertThatThrownBy(() -> new Fresh(directory)
                        .get(head + "  - { when: { from: a, in: [b] }, reason: c, afterLabel: keep }\n" + fields))
                .hasMessageContaining("afterLabel: \"keep\" cannot be used (expected tell, ignore)");
    }

    @Test
    void an_sql_row_maps_whatever_case_its_columns_have() {
        Mapping mapping = new Fresh(directory)
                .get(
                        "writes: free\nreads: { format: row }\nfields: { id: order_no, w: { from: weight, decimal: \".\" } }\n");
        assertThat(Fresh.json(
                        mapping.apply(Formats.row(Map.of("ORDER_NO", 7, "WEIGHT", new java.math.BigDecimal("1.50"))))))
                .isEqualTo("{\"id\":7,\"w\":1.50}");
    }

    @Test
    void an_explanation_names_source_value_verbs_and_result() {
        Mapping mapping =
                new Fresh(directory).free("w: { from: a, decimal: \",\", unit: g -> kg }\nb: { from: b, int: true }");
        assertThat(mapping.explain(Document.of(Formats.json("{\"a\": \"1.200,0\", \"b\": \"x\"}", "s"))))
                .containsExactly(
                        new Explained("/w", 7, "a", "1.200,0", List.of("decimal", "unit"), "1.2"),
                        new Explained("/b", 8, "b", "x", List.of("int"), "NOT_A_WHOLE_NUMBER"));
    }

    @Test
    void coverage_tells_what_is_unread_and_what_stays_empty() {
        Mapping mapping = new Fresh(directory).free("x: { from: a }\ny: { from: b }");
        Coverage coverage = mapping.coverage(List.of(
                Document.of(Formats.json("{\"a\": 1, \"c\": {\"d\": 2}}", "s")),
                Document.of(Formats.json("{\"a\": 1, \"b\": \"\"}", "s"))));
        assertThat(coverage.documents()).isEqualTo(2);
        assertThat(coverage.source()).containsEntry("a", 2L).containsEntry("c.d", 1L);
        assertThat(coverage.unread()).containsExactly("c");
        assertThat(coverage.target()).containsEntry("x", 2L);
        assertThat(coverage.unfilled()).containsExactly("y");
    }

    @Test
    void a_failing_test_of_a_mapping_says_what_differs() {
        Mapping mapping = new Fresh(directory)
                .file("fresh/in.json", "{\"a\": 1}")
                .file("fresh/out.json", "{\"x\": 2}")
                .get("writes: free\nreads: { format: json }\nfields: { x: a }\ntests:\n"
                        + "  - { name: one, input: in.json, expect: out.json }\n"
                        + "  - { name: two, input: in.json, expectError: { field: x, code: REQUIRED } }\n");
        assertThat(MapCheck.run(mapping))
                .extracting(result -> result.test() + " " + result.problems())
                .containsExactly(
                        "one [fresh/mapping.yaml:7: /x the test \"one\" wanted 2 and got 1]",
                        "two [fresh/mapping.yaml:8: the test \"two\" wanted REQUIRED of x and got no problem]");
    }

    @Test
    void what_map_run_prints_of_several_documents_is_what_a_test_may_expect() {
        Mapping mapping = new Fresh(directory)
                .file("fresh/in.json", "[{\"a\": 1}, {\"a\": 2}]")
                .file("fresh/right.json", "{ \"x\" : 1 }\n{ \"x\" : 2 }\n")
                .file("fresh/wrong.json", "{ \"x\" : 1 }\n{ \"x\" : 3 }\n")
                .get("writes: free\nreads: { format: json }\nfields: { x: a }\ntests:\n"
                        + "  - { name: one, input: in.json, expect: right.json }\n"
                        + "  - { name: two, input: in.json, expect: wrong.json }\n");
        assertThat(MapCheck.run(mapping))
                .extracting(result -> result.test() + " " + result.problems())
                .containsExactly("one []", "two [fresh/mapping.yaml:8: /1/x the test \"two\" wanted 3 and got 2]");
    }

    @Test
    void what_is_left_out_of_a_list_is_told_and_what_was_only_cut_in_it_is_not() throws IOException {
        Mapping mapping = new Fresh(directory)
                .get("writes: free\nreads: { format: json }\nfields:\n  events[]:\n    each: data\n"
                        + "    fields: { text: { from: t, max: 3, tooLong: cut }, at: { from: at, date: iso } }\n");
        Document answer = Document.of(Formats.json(
                "{\"data\": [{\"t\": \"long\", \"at\": \"2026-11-25T08:00:00Z\"}, {\"t\": \"b\", \"at\": \"soon\"}]}",
                "answer"));

        Result.Mapped told = (Result.Mapped) mapping.apply(answer, "events", Set.of());

        assertThat(told.tree().path("events")).hasSize(1);
        assertThat(told.warnings()).extracting(Problem::pointer).containsExactly("/events/1/at");
    }

    @Test
    void an_expected_interchange_may_be_kept_in_utf_8_or_as_it_is_sent() throws IOException {
        String expected = """
                UNA:+.?*'
                UNB+UNOC:3+WE+YOU+260101:0000+1'
                UNH+1+DESADV:D:96A:UN'
                BGM+351+Köln'
                UNT+3+1'
                UNZ+1+1'
                """;
        Fresh folder =
                new Fresh(directory).file("fresh/in.json", "{\"a\": \"Köln\"}").file("fresh/typed.edifact", expected);
        Files.write(directory.resolve("fresh/sent.edifact"), expected.getBytes(StandardCharsets.ISO_8859_1));
        Mapping mapping = folder.get("writes: free\nreads: { format: json }\nfields:\n"
                + "  transaction: { const: DESADV }\n  interchange.sender: { const: WE }\n"
                + "  interchange.receiver: { const: YOU }\n  BGM.BGM01: { const: '351' }\n  BGM.BGM02: a\ntests:\n"
                + "  - { name: typed, input: in.json, expect: typed.edifact }\n"
                + "  - { name: sent, input: in.json, expect: sent.edifact }\n");
        assertThat(MapCheck.run(mapping))
                .flatExtracting(MapCheck.TestResult::problems)
                .isEmpty();
    }

    @Test
    void blanks_nobody_sees_are_shown_where_they_are_what_differs() {
        assertThat(FileDifference.of("A1  \nB\n", "A1\nB\n").toString()).contains("line 1: \"A1  \"", "line 1: \"A1\"");
        assertThat(FileDifference.of("\uFEFFA\n", "A\n").wanted()).isEqualTo("line 1: (byte order mark)A");
        assertThat(FileDifference.of("A\n", "A").got()).isEqualTo("lines that end in LF, the last in none");
        assertThat(FileDifference.of("A\n", "A\nB\n").wanted()).isEqualTo("nothing");
    }

    @Test
    void a_file_that_differs_in_its_line_ends_only_is_told_to() {
        Mapping mapping = new Fresh(directory)
                .file("fresh/in.json", "{\"a\": 1}")
                .file("fresh/out.csv", "x\n1\n")
                .get("writes: free\nreads: { format: json }\noutput: { format: csv }\nfields: { x: a }\ntests:\n"
                        + "  - { name: one, input: in.json, expect: out.csv }\n");
        assertThat(MapCheck.run(mapping))
                .extracting(result -> String.valueOf(result.problems()))
                .containsExactly(
                        "[fresh/mapping.yaml:8: the test \"one\" wanted lines that end in LF and got lines that end in CR LF]");
    }

    @Test
    void an_element_behind_one_that_was_left_out_is_told_by_its_place_in_the_source() {
        Mapping mapping = new Fresh(directory).free("""
                all[]:
                  each: boxes
                  fields:
                    items[]: { each: lines, required: false, fields: { s: { from: [s, $.none], required: true } } }
                """);
        assertThat(Fresh.problems(Fresh.apply(mapping, """
                        {"boxes": [{"lines": [{"s": 1}, {}, null, {"s": null}]}, {}, {"lines": [{"s": 2}, {}]}]}""")))
                .extracting(Problem::pointer, problem -> problem.values().get("source"))
                .containsExactly(
                        tuple("/all/0/items/1/s", "s, $.none"),
                        tuple("/all/0/items/1/s", "boxes[0].lines[2].s, $.none"),
                        tuple("/all/0/items/1/s", "boxes[0].lines[3].s, $.none"),
                        tuple("/all/1/items/1/s", "boxes[2].lines[1].s, $.none"));
    }

    @Test
    void a_letter_that_a_carriers_words_lost_is_refused_in_an_order_alone() {
        JsonNode schema =
                Formats.json("{\"type\": \"object\", \"properties\": {\"why\": {\"type\": \"string\"}}}", "word");
        new Fresh(directory)
                .mapping(
                        "word",
                        "mapping: word\nversion: 1\nwrites: word\nreads: { format: json }\nfields: { why: why }\n");
        String said = "{\"why\": \"Gr\uFFFDn\"}";

        Mapping answer =
                Mappings.load(directory, name -> Target.ofCarrier(name, schema)).get("word");
        Mapping order =
                Mappings.load(directory, name -> Target.of(name, schema)).get("word");
        assertThat(Fresh.apply(answer, said)).isInstanceOf(Result.Mapped.class);
        assertThat(Fresh.problems(Fresh.apply(order, said)))
                .extracting(Problem::toString)
                .singleElement(STRING)
                .contains("U+FFFD, in place 3");
    }
}
