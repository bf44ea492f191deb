package io.waybill.cli;

import io.waybill.format.Format;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    /**
     * The same of a table that is made of another file, which it does not take the place of.
     *
     * @throws ProblemException also {@code file-present} where both are one file
     */
    static Format format(Path file, Path from) {
        try {
            if (Files.exists(file) && Files.exists(from) && Files.isSameFile(file, from)) {
                throw new ProblemException(Problem.of(CommandCode.FILE_PRESENT, "file", file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return format(file);
    }
}
