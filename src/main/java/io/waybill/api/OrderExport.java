package io.waybill.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.TableOutput;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OrderSearch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every order that is looked for as a table, however many there are: read page by page, written to a temporary file and sent
 * from there, so neither the memory nor a transaction grows with them.
 */
record OrderExport(Ledger ledger, Availability availability) {
    private static final int PAGE = 500;

    /** Rows of a sheet under its header. */
    private static final int MOST_IN_A_SHEET = 1_048_575;

    /** {@code X-Next-Cursor} names what comes after the last row a sheet can hold; CSV holds them all. */
    Answer of(Request request, OrderSearch search) throws IOException {
        String format = request.query("format").orElse("csv");
        Format table = Listed.table(format);
        Path file = Files.createTempFile("waybill-orders-", "." + format);
        try {
            String next = write(request, search, table, file);
            Answer answer = Answer.file(Listed.mediaType(table), file, "orders." + format);
            return next == null ? answer : answer.with("X-Next-Cursor", next);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private @Nullable String write(Request request, OrderSearch search, Format table, Path file) throws IOException {
        int left = table == Format.XLSX ? MOST_IN_A_SHEET : Integer.MAX_VALUE;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                TableOutput rows = Formats.table(out, Reading.of(table), OrderRows.COLUMNS)) {
            OrderSearch next = search;
            while (true) {
                List<ObjectNode> page = page(next, request.caller().namespaces(), request.language());
                page.forEach(rows::row);
                left -= page.size();
                if (page.size() < PAGE) {
                    return null;
                }
                String last = page.get(page.size() - 1).path("id").asText();
                if (left < PAGE) {
                    return last;
                }
                next = search.before(last, PAGE);
            }
        }
    }

    private List<ObjectNode> page(OrderSearch search, Namespaces scope, Locale language) {
        return ledger.read(tx -> {
            List<OrderRow> found = tx.orders().search(search.before(search.before(), PAGE), scope);
            return new OrderView(tx, language)
                    .briefs(found).stream()
                            .map(availability::tell)
                            .map(OrderRows::of)
                            .toList();
        });
    }
}
