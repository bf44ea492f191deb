package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a condition asks of a file must be there, and what it asks is read. */
class ConditionsTest {
    private static final String ORDER =
            "fields:\n  orderId: id\n  shipTo.name: n\n  shipTo.line1: s\n  shipTo.city: c\n  shipTo.country: x\n";
    private static final String BOTH = "when: [{ from: state, in: [off] }, { from: [channel, shop], in: [web] }]";
    private static final String TOLD = "{\"id\": 1, \"n\": \"J\", \"s\": \"M\", \"c\": \"A\", \"x\": \"US\"";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"skip", "cancel", "hold"})
    void a_file_that_cannot_say_what_is_called_off_is_refused(String key) {
        Mapping mapping = new Fresh(directory)
                .get("writes: order/1\nreads: { format: csv }\nunmapped: off\n" + key + ":\n  - { " + BOTH
                        + ", reason: off }\n" + ORDER);

        assertThatThrownBy(() -> Fresh.applyAll(mapping, "id,n,s,c,x,status,shop\n1,J,M,A,US,off,web\n"))
                .hasMessageContaining("column state is missing; did you mean status?")
                .hasMessageContaining("The line at fresh/mapping.yaml:7 reads it.");
        assertThatThrownBy(() -> Fresh.applyAll(mapping, "id,n,s,c,x,state\n1,J,M,A,US,off\n"))
                .hasMessageContaining("column channel / shop is missing");
        assertThat(Fresh.applyAll(mapping, "id,n,s,c,x,state,shop\n1,J,M,A,US,off,web\n"))
                .singleElement()
                .isInstanceOf(Result.Skipped.class);
    }

    @Test
    void a_file_that_cannot_say_which_rows_are_meant_is_refused() {
        String items = "  items[]: { each: rows, %s, fields: { sku: sku } }\n";
        String head = "writes: order/1\nreads: { format: csv, groupBy: id }\nunmapped: off\n" + ORDER;
        Mapping mapping = new Fresh(directory).get(head + items.formatted(BOTH));
        Mapping lenient = new Fresh(directory).get(head + items.formatted(BOTH + ", required: false"));

        assertThatThrownBy(() -> Fresh.applyAll(mapping, "id,n,s,c,x,status,shop,sku\n1,J,M,A,US,off,web,A-1\n"))
                .hasMessageContaining("column state is missing; did you mean status?")
                .hasMessageContaining("The line at fresh/mapping.yaml:12 reads it.");
        assertThat(Fresh.applyAll(lenient, "id,n,s,c,x,sku\n1,J,M,A,US,A-1\n")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cancel:\n  - { %s, reason: off }\n%s",
                "%2$s  reference: { from: ref, %1$s }\n",
                "%2$s  items[]: { each: lines, %s, fields: { sku: sku } }\n"
            })
    void every_condition_of_several_counts_as_read(String lines) {
        Mapping mapping =
                new Fresh(directory).get("writes: order/1\nreads: { format: json }\n" + lines.formatted(BOTH, ORDER));
        String more = lines.contains("lines")
                ? ", \"lines\": [{\"sku\": \"A\", \"state\": \"off\", \"channel\": \"web\", \"shop\": \"x\"}]}"
                : ", \"state\": \"open\", \"channel\": \"web\", \"shop\": \"x\"}";

        assertThat(Fresh.apply(mapping, TOLD + more))
                .isInstanceOfSatisfying(
                        Result.Mapped.class,
                        mapped -> assertThat(mapped.warnings()).isEmpty());
    }

    @Test
    void a_condition_may_be_an_expression_over_the_document_or_the_element() {
        Mapping mapping = new Fresh(directory)
                .get(
                        "writes: order/1\nreads: { format: json }\ncancel:\n"
                                + "  - { when: { expr: '.lines and not([for (.lines) . if (.ordered > .refunded)])', in: [\"true\"] }, reason: off }\n"
                                + ORDER
                                + "  items[]: { each: lines, when: { expr: '.ordered - .refunded', notIn: [\"0\"] }, fields: { sku: sku } }\n");
        String gone = "{\"sku\": \"A\", \"ordered\": 2, \"refunded\": 2}";
        String left = "{\"sku\": \"B\", \"ordered\": 2, \"refunded\": 1}";

        assertThat(Fresh.apply(mapping, TOLD + ", \"lines\": [" + gone + ", " + left + "]}"))
                .isInstanceOfSatisfying(Result.Mapped.class, mapped -> {
                    assertThat(mapped.tree().at("/items").toString()).isEqualTo("[{\"sku\":\"B\"}]");
                    assertThat(mapped.warnings()).isEmpty();
                });
        assertThat(Fresh.apply(mapping, TOLD + ", \"lines\": [" + gone + "]}"))
                .isInstanceOfSatisfying(
                        Result.Skipped.class,
                        skipped -> assertThat(skipped.stopped()).isNotNull());
        assertThat(Fresh.apply(mapping, TOLD + ", \"lines\": [{\"sku\": \"A\", \"ordered\": \"x\", \"refunded\": 1}]}"))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.problems().get(0).code()).isEqualTo("EXPRESSION_FAILED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 / .none", "size(.id)", "parse-time(.n, \"yyyy\")"})
    void what_a_condition_cannot_reckon_is_told_with_its_line(String expr) {
        Mapping mapping = new Fresh(directory)
                .get("writes: order/1\nreads: { format: json }\nskip:\n  - { when: { expr: '" + expr
                        + "', in: [\"1\"] }, reason: off }\n" + ORDER);

        assertThat(Fresh.apply(mapping, TOLD + ", \"none\": 0}"))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.problems().get(0).code()).isEqualTo("EXPRESSION_FAILED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ expr: '.a', from: a, in: [b] }", "{ expr: '.a' }", "{ in: [b] }"})
    void a_condition_asks_fields_or_an_expression_and_says_what_for(String when) {
        assertThatThrownBy(() -> new Fresh(directory)
                        .get("writes: order/1\nreads: { format: json }\nskip:\n  - { when: " + when
                                + ", reason: off }\n" + ORDER))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void a_line_needs_the_columns_of_all_its_conditions() {
        Mapping mapping = new Fresh(directory)
                .get("writes: order/1\nreads: { format: csv }\n" + ORDER + "  reference: { from: ref, " + BOTH
                        + " }\n");

        assertThatThrownBy(() -> Fresh.applyAll(mapping, "id,n,s,c,x,ref,status,shop\n1,J,M,A,US,R,off,web\n"))
                .hasMessageContaining("column state is missing; did you mean status?");
    }

    @ParameterizedTest
    @CsvSource({"b2b,REQUIRED /reference", "b2c,"})
    void a_line_that_must_have_a_value_must_where_its_condition_holds(String kind, String told) {
        Mapping mapping =
                new Fresh(directory).order("reference: { from: ref, required: true, when: { from: kind, in: [b2b] } }");

        assertThat(Fresh.problems(Fresh.apply(mapping, "{\"kind\": \"" + kind + "\"}")))
                .extracting(problem -> problem.code() + " " + problem.pointer())
                .containsExactlyElementsOf(told == null ? List.of() : List.of(told));
        assertThat(Fresh.apply(mapping, "{\"kind\": \"" + kind + "\", \"ref\": \"R1\"}"))
                .isInstanceOf(Result.Mapped.class);
    }
}
