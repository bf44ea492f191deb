package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Document;
import io.waybill.format.Formats;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {
    @TempDir
    Path directory;

    @Test
    void a_line_below_a_list_that_meets_no_element_stays_empty() {
        Mapping mapping = new Fresh(directory)
                .free(
                        "id: { from: id }\nboxes[]: { each: box, fields: { ref: ref, \"items[]\": { each: item, fields: { sku: sku } } } }");

        Coverage coverage = mapping.coverage(
                List.of(Document.of(Formats.json("{\"id\": 1, \"boxes\": [{\"ref\": \"B\"}]}", "source.json"))));

        assertThat(coverage.unfilled()).containsExactly("boxes[].ref", "boxes[].items[].sku");
        assertThat(coverage.target()).containsEntry("id", 1L).containsEntry("boxes[].ref", 0L);
    }

    @Test
    void fields_are_called_as_their_mapping_calls_them() {
        Mapping mapping = new Fresh(directory)
                .free(
                        "rows[]: { each: lines, fields: { Preis/Stk: price, 2nd: order } }\n'\"a~b\"[1].2nd': id\n10.no: id");

        Coverage coverage = mapping.coverage(List.of(Document.of(
                Formats.json("{\"id\": 1, \"lines\": [{\"price\": \"2.50\", \"order\": \"7\"}]}", "source.json"))));

        assertThat(coverage.target()).containsOnlyKeys("rows[].Preis/Stk", "rows[].2nd", "a~b[].2nd", "10.no");
    }

    @Test
    void every_field_that_no_line_reads_is_shown_however_many_there_are() {
        Mapping mapping = new Fresh(directory).free("a: { from: a.read }\nb: { from: b.read }");
        String many = IntStream.range(0, 60).mapToObj(i -> "\"f" + i + "\": 1").collect(Collectors.joining(", "));

        Coverage coverage = mapping.coverage(List.of(
                Document.of(Formats.json("{\"a\": {" + many + "}, \"b\": {\"forgotten\": 1}}", "source.json"))));

        assertThat(coverage.unread()).hasSize(61).contains("a.f59", "b.forgotten");
    }
}
