package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Caller;
import io.waybill.api.TableExport.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A list of five, two on a page. */
class ListedTest {
    @Test
    void a_table_has_the_page_it_is_asked_for_and_all_after_it() throws IOException {
        assertThat(table(Map.of("format", "csv"))).containsExactly("n,odd", "1,yes", "2,", "3,yes", "4,", "5,yes");
        assertThat(table(Map.of("format", "csv", "cursor", "4"))).containsExactly("n,odd", "5,yes");
    }

    @Test
    void a_table_of_nothing_has_its_columns() throws IOException {
        assertThat(table(Map.of("format", "csv", "cursor", "5"))).containsExactly("n,odd");
    }

    @Test
    void json_has_one_page_and_says_where_the_next_begins() throws IOException {
        assertThat(new String(answer(Map.of("cursor", "2")).body(), StandardCharsets.UTF_8))
                .contains("\"n\":3", "\"n\":4", "\"next\":\"4\"")
                .doesNotContain("\"n\":5");
        assertThat(new String(answer(Map.of("cursor", "4")).body(), StandardCharsets.UTF_8))
                .contains("\"n\":5", "\"next\":null");
    }

    @Test
    void a_workbook_keeps_amounts_as_numbers_and_numbers_of_orders_as_text() throws IOException {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("orderId", "000123")
                .put("trackingNumber", "1.50")
                .put("billed", "1067.16")
                .put("writtenOff", "2.40")
                .put("refundWrittenOff", "2.30")
                .put("variance", "-0.50");
        Request request = new Request(
                "1",
                Caller.ANYONE,
                "GET",
                "/v1/five",
                Map.of(),
                Map.of("format", "xlsx"),
                Map.of(),
                new byte[0],
                Locale.ENGLISH,
                "hub");
        Answer answer = Listed.pages(
                request,
                Optional.empty(),
                new TableExport(
                        "five",
                        List.of("orderId", "trackingNumber", "billed", "writtenOff", "refundWrittenOff", "variance")),
                after -> new Page(List.of(row), null));

        assertThat(sheet(Files.readAllBytes(Objects.requireNonNull(answer.file()))))
                .contains(">000123<", ">1.50<", "<v>1067.16</v>", "<v>-0.50</v>", "<v>2.40</v>", "<v>2.30</v>")
                .doesNotContain("<v>000123", "<v>1.50");
    }

    private static String sheet(byte[] workbook) throws IOException {
        Path file = Files.createTempFile("listed", ".xlsx");
        Files.write(file, workbook);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] sheet =
                    zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml")).readAllBytes();
            return new String(sheet, StandardCharsets.UTF_8);
        } finally {
            Files.delete(file);
        }
    }

    private static List<String> table(Map<String, String> query) throws IOException {
        Answer answer = answer(query);
        return new String(Files.readAllBytes(Objects.requireNonNull(answer.file())), StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .lines()
                .toList();
    }

    private static Answer answer(Map<String, String> query) throws IOException {
        Request request = new Request(
                "1", Caller.ANYONE, "GET", "/v1/five", Map.of(), query, Map.of(), new byte[0], Locale.ENGLISH, "hub");
        return Listed.pages(
                request, request.query("cursor"), new TableExport("five", List.of("n", "odd")), ListedTest::page);
    }

    private static Page page(@Nullable String cursor) {
        int after = cursor == null ? 0 : Integer.parseInt(cursor);
        List<Integer> found =
                IntStream.rangeClosed(after + 1, Math.min(5, after + 3)).boxed().toList();
        return Page.of(found, 2, ListedTest::row, String::valueOf);
    }

    private static ObjectNode row(int n) {
        return JsonNodeFactory.instance.objectNode().put("n", n).put("odd", n % 2 == 0 ? null : "yes");
    }
}
