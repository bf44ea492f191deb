package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.Formats;
import io.waybill.problem.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lines write into the objects and numbered lists they share. */
class LinesTest {
    @TempDir
    Path directory;

    @Test
    void fields_come_in_the_order_of_the_lines_whichever_has_a_value() {
        assertThat(written("a.x: a\nb: b\na.y: c\n", "{\"b\": 1, \"c\": 2}")).hasToString("{\"a\":{\"y\":2},\"b\":1}");
    }

    @Test
    void a_line_adds_to_an_object_another_took_over_and_the_document_stays_as_it_is() {
        Mapping mapping = new Fresh(directory).free("to: ship\nto.via: via\nrefs: refs\nrefs[1]: via\n");
        JsonNode source = Formats.json("{\"ship\": {\"name\": \"Jane\"}, \"refs\": [1, 2], \"via\": \"sea\"}", "s");
        JsonNode before = source.deepCopy();
        assertThat(tree(mapping.apply(Document.of(source))))
                .hasToString("{\"to\":{\"name\":\"Jane\",\"via\":\"sea\"},\"refs\":[1,\"sea\"]}");
        assertThat(source).isEqualTo(before);
    }

    @Test
    void a_gap_is_closed_and_a_list_without_elements_is_not_written() {
        String lines = """
                a[0].b[0].x: { from: p }
                a[0].b[0].kind: { const: k }
                a[1].b[0].x: { from: q }
                a[1].b[1].x: { from: r }
                n[0]: { from: s }
                n[1]: { from: t }
                """;
        assertThat(written(lines, "{\"r\": 1, \"t\": 2}")).hasToString("{\"a\":[{\"b\":[{\"x\":1}]}],\"n\":[2]}");
        assertThat(written(lines, "{\"p\": 1}")).hasToString("{\"a\":[{\"b\":[{\"x\":1,\"kind\":\"k\"}]}]}");
        assertThat(written(lines, "{}")).hasToString("{}");
    }

    @Test
    void an_object_and_a_list_of_one_name_exclude_each_other() {
        assertThat(written("a.x: { from: p }\na[0]: { from: q }\n", "{\"p\": 1}"))
                .hasToString("{\"a\":{\"x\":1}}");
        assertThat(written("a.x: { from: p }\na[0]: { from: q }\n", "{\"q\": 1}"))
                .hasToString("{\"a\":[1]}");
    }

    @Test
    void a_document_that_fills_nothing_still_lacks_what_the_target_asks_for() {
        Mapping mapping = new Fresh(directory).get("""
                writes: order/1
                reads: { format: json }
                unmapped: off
                fields:
                  orderId: { from: id }
                  shipTo.name: { from: name }
                """);
        assertThat(Fresh.problems(Fresh.apply(mapping, "{}")))
                .extracting(Problem::pointer)
                .containsExactly("/orderId", "/shipTo");
    }

    private JsonNode written(String fields, String json) {
        String optional = fields.replaceAll("(?m): (\\w+)$", ": { from: $1 }");
        return tree(Fresh.apply(new Fresh(directory).free(optional), json));
    }

    private static JsonNode tree(Result result) {
        return ((Result.Mapped) result).tree();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to.phone: a\nto: b\n",
                "refs[0].x: a\nrefs[]: { each: b, fields: { y: { from: y } } }\n",
                "refs[0]: a\nrefs: b\n",
                "refs[]: { each: b, fields: { y: { from: y } } }\nrefs: b\n",
                "all[]: { each: b, fields: { to.x: { from: x }, to: { from: y } } }\n"
            })
    void a_line_that_would_wipe_what_an_earlier_one_wrote_is_refused(String fields) {
        assertThatThrownBy(() -> new Fresh(directory).free(fields)).hasMessageContaining("which would be lost");
    }

    @Test
    void a_list_is_added_to_by_number_after_it_was_written() {
        String lines = "refs[]: { each: b, fields: { y: { from: y } } }\nrefs[0].x: a\n";
        assertThat(written(lines, "{\"a\": 1, \"b\": [{\"y\": 2}, {\"y\": 3}]}"))
                .hasToString("{\"refs\":[{\"y\":2,\"x\":1},{\"y\":3}]}");
    }
}
