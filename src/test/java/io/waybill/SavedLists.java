package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.cli.Desk;
import io.waybill.format.CellValue;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A list of the interface, page by page, and the tables people save of it: the same rows in the same order, cell by cell. */
record SavedLists(Desk desk, Path folder) {
    private static final Set<String> NUMBERS_AS_TEXT =
            Set.of("order", "orderId", "reference", "trackingNumber", "trackingNumbers", "evidence");

    /** The rows of all pages. */
    List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String from = "";
        do {
            JsonNode page = ok(path + from);
            page.path("items").forEach(items::add);
            from = page.path("next").isTextual()
                    ? (path.contains("?") ? "&" : "?") + "cursor="
                            + page.path("next").asText()
                    : "";
        } while (!from.isEmpty());
        return items;
    }

    private JsonNode ok(String path) {
        Desk.Reply reply = desk.call("get", path, new byte[0], Locale.ENGLISH);
        assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(200);
        return reply.body();
    }

    /** Holds a list against its tables, and hands out its rows. */
    List<JsonNode> same(String path) throws IOException {
        List<JsonNode> listed = all(path);
        for (Format format : List.of(Format.CSV, Format.XLSX)) {
            List<JsonNode> table = saved(path, format);
            assertThat(table).as(path + " " + format).hasSameSizeAs(listed);
            for (int row = 0; row < table.size(); row++) {
                same(path, listed.get(row), table.get(row), format);
            }
        }
        return listed;
    }

    private static void same(String path, JsonNode listed, JsonNode saved, Format format) {
        listed.properties().forEach(cell -> {
            String column = cell.getKey();
            JsonNode value = cell.getValue();
            JsonNode kept = saved.path(column);
            if (!value.isObject()) {
                assertThat(plain(kept)).as(path + " " + format + " " + column).isEqualTo(said(value, kept));
            }
            if (format == Format.XLSX && isNumber(column, value)) {
                assertThat(kept).as(path + " " + column).isInstanceOf(CellValue.class);
            }
        });
    }

    private static boolean isNumber(String column, JsonNode value) {
        return value.isNumber()
                || (value.asText().matches("-?\\d{1,12}\\.\\d{2,8}") && !NUMBERS_AS_TEXT.contains(column));
    }

    /** A workbook keeps a number, and not with how many zeros it was written. */
    private static String said(JsonNode value, JsonNode kept) {
        if (value.isArray()) {
            List<String> words = new ArrayList<>();
            value.forEach(word -> words.add(word.asText()));
            return String.join(" ", words);
        }
        String text = value.isNull() ? "" : value.asText();
        return kept instanceof CellValue ? number(text) : text;
    }

    private static String plain(JsonNode kept) {
        return kept instanceof CellValue ? number(kept.asText()) : kept.asText("");
    }

    private static String number(String text) {
        return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }

    private List<JsonNode> saved(String path, Format format) throws IOException {
        Path file = folder.resolve("saved." + format.word());
        String asked = path + (path.contains("?") ? "&" : "?") + "format=" + format.word();
        assertThat(desk.download(asked, file, Locale.ENGLISH).status())
                .as(asked)
                .isEqualTo(200);
        List<JsonNode> rows = new ArrayList<>();
        try (DocumentReader reader = Formats.open(file, file.getFileName().toString(), Reading.of(format))) {
            for (Document row = reader.next(); row != null; row = reader.next()) {
                assertThat(row.problems()).as(asked).isEmpty();
                rows.add(row.tree());
            }
        }
        return rows;
    }
}
