package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void a_text_beside_attributes_that_are_read_is_told() {
        Mapping mapping = reads("xml", "unit: { from: Weight.@unit }\n");
        assertThat(Fresh.applyAll(mapping, "<Order><Weight>2.5</Weight></Order>"))
                .flatExtracting(Fresh::problems)
                .extracting(problem -> problem.code() + " " + problem.values().get("unread"))
                .containsExactly("UNMAPPED_SOURCE_FIELD Weight");
    }

    private List<String> results(Mapping mapping, String xml) {
        return Fresh.applyAll(mapping, xml).stream().map(Fresh::json).toList();
    }

    private Mapping reads(String format, String fields) {
        return new Fresh(directory)
                .get("writes: free\nreads: { format: " + format + " }\nunmapped: error\nfields:\n" + fields.indent(2));
    }
}
