package io.waybill.cli;

import io.waybill.format.Format;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.util.Locale;

/** The format of a table a command writes, by its file's ending. */
final class TableFile {
    private TableFile() {}

    /** @throws ProblemException {@code not-a-table-file} for any other ending than .csv and .xlsx */
    static Format format(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return Format.CSV;
        }
        if (name.endsWith(".xlsx")) {
            return Format.XLSX;
        }
        throw new ProblemException(Problem.of(CommandCode.NOT_A_TABLE_FILE, "file", file));
    }
}
