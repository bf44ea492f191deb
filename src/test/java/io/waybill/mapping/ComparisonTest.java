package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Document;
import io.waybill.format.Formats;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another version makes of a document that is no order. */
class ComparisonTest {
    private static final String WHEN = "\n  - { when: { from: state, in: [off] }, reason: called off";
    private static final String SKIPS = "skip:" + WHEN + " }";
    private static final String CANCELS = "cancel:" + WHEN + " }";

    @TempDir
    Path directory;

    @Test
    void calling_an_order_off_is_another_outcome_than_passing_it_over() {
        assertThat(outcome(SKIPS, CANCELS))
                .isEqualTo("skipped: called off -> cancels SO-1, afterLabel tell: called off");
        assertThat(outcome(CANCELS, SKIPS))
                .isEqualTo("cancels SO-1, afterLabel tell: called off -> skipped: called off");
    }

    @Test
    void so_is_what_becomes_of_its_label() {
        String ignores = CANCELS.replaceFirst(" }$", ", afterLabel: ignore }");
        assertThat(outcome(CANCELS, ignores))
                .isEqualTo("cancels SO-1, afterLabel tell: called off -> cancels SO-1, afterLabel ignore: called off");
    }

    @Test
    void so_is_which_order_it_calls_off() {
        assertThat(outcome(CANCELS, CANCELS)).isEmpty();
        assertThat(compared(mapping("id", CANCELS), mapping("other", CANCELS)))
                .isEqualTo("cancels SO-1, afterLabel tell: called off -> cancels SO-2, afterLabel tell: called off");
    }

    @Test
    void what_is_copied_whole_shows_nobody_either() {
        Fresh fresh = new Fresh(directory);
        Mapping from =
                fresh.get("writes: free\nreads: { format: json }\nunmapped: off\nfields:\n  shipTo: { from: to }\n");
        Mapping to =
                fresh.get("writes: free\nreads: { format: json }\nunmapped: off\nfields:\n  shipTo: { from: other }\n");
        Comparison comparison = new Comparison(from, to);
        comparison.add(
                "d1",
                Document.of(Formats.json(
                        "{\"to\": {\"name\": \"Annabel\", \"city\": \"Ulm\"}, \"other\": {\"name\": \"Jim\"}}", "d1")));

        assertThat(comparison.changes().toString())
                .contains("A******", "J**", "Ulm")
                .doesNotContain("Annabel", "Jim");
    }

    private String outcome(String before, String after) {
        return compared(mapping("id", before), mapping("id", after));
    }

    private Mapping mapping(String id, String rest) {
        return new Fresh(directory)
                .get("writes: order/1\nreads: { format: json }\nunmapped: off\n" + rest + "\nfields:\n  orderId: " + id
                        + "\n  shipTo.name: n\n  shipTo.line1: s\n  shipTo.city: c\n  shipTo.country: x\n");
    }

    private static String compared(Mapping from, Mapping to) {
        Comparison comparison = new Comparison(from, to);
        comparison.add(
                "d1", Document.of(Formats.json("{\"state\": \"off\", \"id\": \"SO-1\", \"other\": \"SO-2\"}", "d1")));
        return comparison.changes().stream()
                .flatMap(change -> change.examples().stream())
                .map(example -> example.before() + " -> " + example.after())
                .reduce("", String::concat);
    }

    @Test
    void refusals_that_differ_late_are_told_apart() {
        String lines = """
                one.ratherLongName: { from: a, required: true }
                two.ratherLongName: { from: b, required: true }
                three.ratherLongName: { from: c, required: true }
                four.ratherLongName: { from: d, required: true }
                """;
        Mapping from = new Fresh(directory).free(lines);
        Mapping to = new Fresh(directory).free(lines.replace("from: d, required: true", "from: d"));
        Comparison comparison = new Comparison(from, to);
        comparison.add("doc", Document.of(Formats.json("{}", "doc")));

        assertThat(comparison.changes()).singleElement().satisfies(change -> {
            assertThat(change.examples().get(0).before()).endsWith("REQUIRED four.ratherLongName");
            assertThat(change.examples().get(0).after()).endsWith("REQUIRED three.ratherLongName");
        });
    }
}
