package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.Comparing;
import io.waybill.batch.Prices.Way;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.TableOutput;
import io.waybill.ledger.ComparedRows;
import io.waybill.ledger.ComparedSheet;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Messages;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A compared sheet as a table a person saves, whole and in the order of its file: read page by page, written to a temporary
 * file and sent from there. Amounts are numbers in a workbook, in a column of their own beside the currency.
 */
record SheetRateTable(Ledger ledger, Comparing comparing, Locale language) {
    private static final int PAGE = 500;
    private static final JsonNodeFactory EXACT = JsonNodeFactory.withExactBigDecimals(true);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final List<String> OF_A_WAY = List.of("account", "service", "days", "price", "currency");

    Answer of(ComparedSheet sheet, Namespaces scope, @Nullable String result, Format format) throws IOException {
        Path file = comparing.temporary();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            if (format == Format.CSV) {
                out.write(BYTE_ORDER_MARK);
            }
            write(sheet, scope, result, out, format);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        String stem = sheet.name().replaceFirst("(\\.gz)?$", "").replaceFirst("\\.[A-Za-z0-9]{1,6}$", "");
        return Answer.file(Listed.mediaType(format), file, stem + "-rates." + format.word());
    }

    private void write(
            ComparedSheet sheet, Namespaces scope, @Nullable String result, OutputStream out, Format format) {
        List<String> columns = columns();
        try (TableOutput table = Formats.table(out, Reading.of(format), columns)) {
            int after = 0;
            List<ComparedRows.Row> page;
            do {
                int from = after;
                page = ledger.read(tx -> tx.comparedRows().rows(sheet, scope, result, from, PAGE));
                for (ComparedRows.Row row : page) {
                    table.row(object(columns, row));
                    after = row.ordinal();
                }
            } while (page.size() == PAGE);
        }
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>(List.of(text("row"), text("orderId")));
        for (String way : Way.words()) {
            OF_A_WAY.forEach(part -> columns.add(text(way) + ": " + text(part)));
        }
        columns.add(text("saving"));
        columns.add(text("reason"));
        return columns;
    }

    private ObjectNode object(List<String> columns, ComparedRows.Row row) {
        Iterator<String> column = columns.iterator();
        ObjectNode cells = EXACT.objectNode().put(column.next(), SheetRateView.rows(row));
        cells.put(column.next(), row.orderId());
        JsonNode prices = SheetRateView.prices(row.prices());
        for (String way : Way.words()) {
            JsonNode price = prices.path(way);
            cells.set(column.next(), price.path("account"));
            cells.set(column.next(), price.path("service"));
            cells.set(column.next(), price.path("days"));
            cells.put(column.next(), amount(price.at("/total/amount").asText()));
            cells.set(column.next(), price.at("/total/currency"));
        }
        ComparedRows.Sums sums = row.sums();
        cells.put(column.next(), amount(sums == null ? "" : SheetRateView.saving(sums)));
        return cells.put(column.next(), reason(row));
    }

    private static @Nullable BigDecimal amount(String text) {
        return text.isEmpty() ? null : new BigDecimal(text);
    }

    private String reason(ComparedRows.Row row) {
        if (row.skipped() != null) {
            return row.skipped();
        }
        return OrderView.stored(row.problems()).stream()
                .map(problem -> problem.sentence(language))
                .collect(Collectors.joining("; "));
    }

    private String text(String key) {
        return Messages.in(language).text("compared." + key);
    }
}
