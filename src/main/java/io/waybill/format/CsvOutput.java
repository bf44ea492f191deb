package io.waybill.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes rows of CSV (UTF-8, CRLF) under a header. */
public final class CsvOutput extends TableOutput {
    private final CsvWriter writer;

    CsvOutput(OutputStream out, char delimiter, List<String> columns) {
        super(columns);
        this.writer = CsvWriter.builder().fieldSeparator(delimiter).build(out, StandardCharsets.UTF_8);
        row(columns());
    }

    @Override
    public void row(List<String> cells) {
        writer.writeRecord(cells.stream().map(Formulas::neutral).toList());
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw Unreadable.output(e);
        }
    }
}
