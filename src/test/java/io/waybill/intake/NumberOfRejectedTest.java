package io.waybill.intake;

import static io.waybill.format.MadeWorkbook.row;
import static io.waybill.format.MadeWorkbook.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.format.MadeWorkbook;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that makes no order is named by the order's number wherever that can be read. */
class NumberOfRejectedTest {
    private static final String HEAD = row(1, text("A1", "no") + text("B1", "kg"));
    private static final String ERROR = "<c r=\"%s\" t=\"e\"><v>#N/A</v></c>";

    @TempDir
    Path folder;

    private final List<String> orders = new ArrayList<>();
    private String orderId = "no";
    private String namespace = "";

    @Test
    void a_cell_with_an_error_hides_the_number_of_no_other_cell() throws IOException {
        assertThat(numbers("xlsx", "", book(row(2, text("A2", "SO-1") + ERROR.formatted("B2")))))
                .containsExactly("SO-1");
    }

    @Test
    void a_number_that_is_itself_an_error_is_not_told() throws IOException {
        assertThat(numbers("xlsx", "", book(row(2, ERROR.formatted("A2") + text("B2", "1.2")))))
                .containsExactly("null");
    }

    @Test
    void rows_that_do_not_stand_together_are_told_by_their_number() throws IOException {
        byte[] csv = "no,kg\nSO-1,1\nSO-2,1\nSO-1,1\n".getBytes(StandardCharsets.UTF_8);

        assertThat(numbers("csv", ", groupBy: no", csv)).containsExactly("SO-1", "SO-2", "SO-1");
    }

    @Test
    void of_a_row_whose_cells_may_have_moved_no_number_is_told() throws IOException {
        assertThat(numbers("csv", "", "no,kg\nx,SO-1,1,2\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("null");
    }

    @Test
    void another_number_is_not_told_where_the_cell_of_its_own_is_the_bad_one() throws IOException {
        orderId = "{ from: [order_no, ref] }";
        assertThat(numbers("xlsx", "", twoNumbers(ERROR.formatted("A2") + text("B2", "SO-7") + text("C2", "1"))))
                .containsExactly("null");
        assertThat(orders).containsExactly("none");

        assertThat(numbers("xlsx", "", twoNumbers(text("A2", "SO-1") + text("B2", "SO-7") + ERROR.formatted("C2"))))
                .containsExactly("SO-1");
        assertThat(orders).containsExactly("default/SO-1");
    }

    @Test
    void no_order_is_named_where_the_cell_of_its_namespace_is_bad() throws IOException {
        namespace = "namespace: { from: ref, required: false }";
        orderId = "order_no";
        assertThat(numbers("xlsx", "", twoNumbers(text("A2", "SO-1") + ERROR.formatted("B2") + text("C2", "1"))))
                .containsExactly("SO-1");
        assertThat(orders).containsExactly("none");

        numbers("xlsx", "", twoNumbers(text("A2", "SO-1") + text("B2", "local") + ERROR.formatted("C2")));
        assertThat(orders).containsExactly("local/SO-1");
    }

    private static byte[] twoNumbers(String cells) {
        String head = text("A1", "order_no") + text("B1", "ref") + text("C1", "kg");
        return MadeWorkbook.of(row(1, head) + row(2, cells)).bytes();
    }

    private static byte[] book(String rows) {
        return MadeWorkbook.of(HEAD + rows).bytes();
    }

    private List<String> numbers(String format, String more, byte[] file) throws IOException {
        Path mapping = Files.createDirectories(folder.resolve("sheet")).resolve("mapping.yaml");
        Files.writeString(mapping, """
                mapping: sheet
                version: 1
                writes: order/1
                reads: { format: %s%s }
                fields:
                  orderId: %s
                  %s
                  service: { const: ground }
                  shipTo.name: { const: Jane Roe }
                  shipTo.line1: { const: 1 Main St }
                  shipTo.city: { const: Austin }
                  shipTo.state: { const: TX }
                  shipTo.postalCode: { const: "78701" }
                  shipTo.country: { const: US }
                  parcels[0].weight: { from: kg, decimal: ".", unit: kg }
                """.formatted(format, more, orderId, namespace));
        Mappings mappings = Mappings.load(folder, ShippedTargets::of);
        Settings none = Settings.of("");
        Translating translating =
                new Translating(new Sources(none), mappings, Map.of(), (source, written, wrong) -> Optional.empty());
        List<String> numbers = new ArrayList<>();
        orders.clear();
        try (DocumentReader documents = Formats.open(
                new ByteArrayInputStream(file),
                "orders." + format,
                mappings.get("sheet").reads())) {
            for (Document next = documents.next(); next != null; next = documents.next()) {
                Way way = new Way("local", "file", "sheet", CameAlone.of("f/1", next.tree()), "orders");
                numbers.add(String.valueOf(translating.numberOf(next, way)));
                orders.add(translating
                        .orderOf(next, way)
                        .map(order -> order.namespace() + "/" + order.orderId())
                        .orElse("none"));
            }
        }
        return numbers;
    }
}
