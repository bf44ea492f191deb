package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.problem.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The row below a table that adds it up, where blank cells mean the value above. */
class TotalRowTest {
    private static final String HEAD = "order,to,sku,qty,price,note\n1,Ann,A,1,1.10,x\n2,Bob,B,2,2.20,\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",,Total,3,3.30,",
                ",,TOTAL:,3,\"€ 3,30\",",
                "Grand total,,,3,3.30,",
                "合计,,,3,3.30 EUR,",
                ",,Summe,,,"
            })
    void it_is_no_line_of_the_order_above_and_that_is_told(String total) {
        for (Reading reading : List.of(reading(), reading().withGroupBy(List.of("order")))) {
            List<Document> read = read(reading, HEAD + total + "\n3,Cid,C,1,1,\n,,D,1,1,\n");

            assertThat(read)
                    .extracting(each -> each.tree().path("order").asText())
                    .startsWith("1", "2", "3");
            assertThat(read)
                    .noneMatch(each -> each.tree()
                            .toString()
                            .toLowerCase(java.util.Locale.ROOT)
                            .contains("tot"));
            assertThat(read.get(1).notes())
                    .singleElement()
                    .satisfies(note -> assertThat(note.toString())
                            .contains("row 4: the row begins with ", "line of row 3, write its "));
            assertThat(read.get(read.size() - 1).lastRow()).isEqualTo(6);
            assertThat(read.get(read.size() - 1).tree().path("order").asText()).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",,Total,3,3.30,a toothpaste",
                ",,Total Care,3,3.30,",
                ",,A-1,3,3.30,Total",
                "2,Bob,Total,3,3.30,"
            })
    void what_may_be_a_line_is_read(String line) {
        List<Document> read = read(reading(), HEAD + line + "\n");

        assertThat(read).hasSize(3);
        assertThat(read.get(2).tree().path("order").asText()).isEqualTo("2");
        assertThat(read).flatExtracting(Document::notes).isEmpty();
    }

    @Test
    void an_order_with_its_own_number_is_none_though_its_customer_is_called_so_and_another_cell_is_blank() {
        String table = "to,order,store,qty,day\nAnn,1,7,1,2026-11-24\nTotal,2,8,3,\nSum,,9,3,\n";
        Reading grouped = Reading.of(Format.CSV)
                .withGroupBy(List.of("order"))
                .withTable(new Table("", Table.AUTO, List.of("order", "day")));

        List<Document> read = read(grouped, table);

        assertThat(read).extracting(each -> each.tree().path("order").asText()).containsExactly("1", "2");
        assertThat(read.get(1).rows()).hasSize(1);
        assertThat(read.get(1).notes()).extracting(Problem::code).containsExactly("total-row");
    }

    @Test
    void at_the_end_it_is_told_with_the_last_document() {
        List<Document> read = read(reading(), HEAD + ",,Total,3,3.30,\n");
        assertThat(read).hasSize(2);
        assertThat(read.get(1).notes()).extracting(Problem::code).containsExactly("total-row");
    }

    private static Reading reading() {
        return Reading.of(Format.CSV).withTable(new Table("", Table.AUTO, List.of("order", "to")));
    }

    private static List<Document> read(Reading reading, String text) {
        List<Document> read = new ArrayList<>();
        try (DocumentReader documents =
                Formats.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "o.csv", reading)) {
            for (Document next = documents.next(); next != null; next = documents.next()) {
                read.add(next);
            }
        }
        return read;
    }
}
