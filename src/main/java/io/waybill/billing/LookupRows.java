package io.waybill.billing;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small table of the books under a header: {@code gl.csv}, {@code periods.csv}, {@code companies.csv}, {@code fx.csv}. */
final class LookupRows {
    private LookupRows() {}

    /** A row, by the names of its columns. */
    record Row(long number, Document document) {
        /** Without blanks around it; empty where the table has no such column. */
        String text(String column) {
            return document.tree().path(column).asText("").strip();
        }
    }

    /** Read anew each time it is asked for; a table that is not there has no rows. */
    static List<Row> of(Path file) {
        List<Row> rows = new ArrayList<>();
        if (Files.isRegularFile(file)) {
            try (DocumentReader reader =
                    Formats.open(Files.newInputStream(file), String.valueOf(file.getFileName()), Reading.savedCsv())) {
                for (Document next = reader.next(); next != null; next = reader.next()) {
                    rows.add(new Row(next.firstRow(), next));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return rows;
    }
}
