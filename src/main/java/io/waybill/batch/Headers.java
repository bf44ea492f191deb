package io.waybill.batch;

import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.Table;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The header of a file, which is opened once for all mappings that look for it in the same place. */
final class Headers {
    private final ByColumns.Content content;
    private final String name;
    private final Map<Reading, Header> read = new HashMap<>();

    Headers(ByColumns.Content content, String name) {
        this.content = content;
        this.name = name;
    }

    /** @param columns none where the file has no header to be read */
    record Header(List<String> columns, List<Problem> problems) {}

    String name() {
        return name;
    }

    /** Where a column is missing that rows are grouped by, the columns are there all the same. */
    Header of(Reading reading) {
        Header header = read.computeIfAbsent(ungrouped(reading), this::read);
        if (header.columns().isEmpty()) {
            return header;
        }
        try {
            return new Header(Formats.columns(header.columns(), name, reading), List.of());
        } catch (ProblemException e) {
            return new Header(header.columns(), e.problems());
        }
    }

    private static Reading ungrouped(Reading reading) {
        Table table = reading.table();
        return reading.withGroupBy(List.of())
                .withTable(new Table(table.sheet(), table.headerRow(), List.of(), table.columns()));
    }

    private Header read(Reading reading) {
        try (InputStream in = content.open();
                DocumentReader reader = Formats.open(in, name, reading)) {
            return new Header(reader.columns(), List.of());
        } catch (ProblemException e) {
            return new Header(List.of(), e.problems());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
