package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes rows of CSV (UTF-8, CRLF) under a header. Every cell a spreadsheet would run as a formula is made text. */
public final class CsvOutput implements AutoCloseable {
    private final CsvWriter writer;
    private final List<String> columns;

    CsvOutput(OutputStream out, char delimiter, List<String> columns) {
        this.writer = CsvWriter.builder().fieldSeparator(delimiter).build(out, StandardCharsets.UTF_8);
        this.columns = List.copyOf(columns);
        row(this.columns);
    }

    /** One row, cell by cell. */
    public void row(List<String> cells) {
        writer.writeRecord(cells.stream().map(Formulas::neutral).toList());
    }

    /** One row from an object: the columns' values by name; what is missing is empty, what is nested is JSON. */
    public void row(JsonNode object) {
        List<String> cells = new ArrayList<>();
        for (String column : columns) {
            JsonNode value = object.path(column);
            cells.add(value.isContainerNode() ? value.toString() : value.isNull() ? "" : text(value));
        }
        row(cells);
    }

    private static String text(JsonNode value) {
        return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new ProblemException(Problem.of(FormatCode.UNREADABLE_FILE, "file", "output"), e);
        }
    }
}
