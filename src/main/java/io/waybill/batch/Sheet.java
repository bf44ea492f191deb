package io.waybill.batch;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.Row;
import io.waybill.format.TableOutput;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.ShipmentRow;
import io.waybill.problem.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sheet that was handed over, row by row as it came, with what became of each row beside it: status, tracking number,
 * service, charge, label link, reason. A document of several rows has its charge in the first. What had no rows (JSON,
 * XML) is listed by its place and order number.
 *
 * @param format {@code CSV} or {@code XLSX}
 * @param link to the label of a shipment
 */
public record Sheet(Format format, Locale language, Function<ShipmentRow, String> link) {
    static final List<String> EXTRAS = List.of("status", "trackingNumber", "service", "charge", "labelLink", "reason");
    private static final int CHARGE = 3;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    void write(Path path, Path file, String name, Feed feed, Lines lines) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DocumentReader reader = Formats.open(in, name, feed.reading());
                OutputStream out = Files.newOutputStream(path)) {
            boolean tabular = feed.reading().format().tabular();
            List<String> given = tabular ? reader.columns() : List.of(text("row"), text("orderId"));
            BesideRow beside = new BesideRow(given, language);
            List<String> columns = new ArrayList<>(given);
            EXTRAS.forEach(extra -> columns.add(text(extra)));
            if (format == Format.CSV) {
                out.write(BYTE_ORDER_MARK);
            }
            try (TableOutput table = Formats.table(out, reading(feed.reading()), columns)) {
                for (Line line = lines.next(); line != null; line = lines.next()) {
                    if (tabular) {
                        rows(table, document(reader, line), beside, line);
                    } else {
                        row(table, List.of(line.rows(), line.orderId() == null ? "" : line.orderId()), beside, line);
                    }
                }
            }
        }
    }

    private Reading reading(Reading own) {
        boolean same = own.format() == Format.CSV || own.format() == Format.TSV;
        return format == Format.CSV && same
                ? Reading.of(Format.CSV).withDelimiter(own.delimiter())
                : Reading.of(format);
    }

    /** Every line is of a document, and the documents come in the order of the lines. */
    private static @Nullable Document document(DocumentReader reader, Line line) {
        Document next = reader.next();
        while (next != null && next.ordinal() < line.ordinal()) {
            next = reader.next();
        }
        return next;
    }

    private void rows(TableOutput table, @Nullable Document document, BesideRow beside, Line line) {
        List<Row> rows = document == null ? List.of() : document.rows();
        for (int i = 0; i < rows.size(); i++) {
            row(table, rows.get(i).cells(), beside, i == 0 ? line : line.withoutCharge());
        }
    }

    /** What is wider than the header is cut: it would stand under the wrong name. */
    private void row(TableOutput table, List<String> given, BesideRow beside, Line line) {
        int width = beside.columns().size();
        List<String> cells = new ArrayList<>(given.subList(0, Math.min(width, given.size())));
        while (cells.size() < width) {
            cells.add("");
        }
        cells.add(text("status." + line.status()));
        cells.add(String.join(", ", line.numbers()));
        cells.add(line.service() == null ? "" : line.service());
        cells.add(charge(line));
        cells.add(
                line.labels().stream().map(part -> link.apply(part.shipment())).collect(Collectors.joining(", ")));
        cells.add(beside.told(line.problems(), line.firstRow() < line.lastRow()));
        if (line.amount() == null || line.currency() == null) {
            table.row(cells);
        } else {
            table.row(cells, width + CHARGE, new BigDecimal(Amounts.plain(line.amount())), line.currency());
        }
    }

    private static String charge(Line line) {
        return line.amount() == null ? "" : Amounts.plain(line.amount()) + " " + line.currency();
    }

    private String text(String key) {
        return Messages.in(language).text("sheet." + key);
    }
}
