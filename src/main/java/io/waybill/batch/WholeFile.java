package io.waybill.batch;

import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A kept file from its beginning: what is wrong with it as a whole is answered, and what is wrong with the disk thrown. */
final class WholeFile {
    private static final int LONGEST_HEADER = 200;

    private WholeFile() {}

    /**
     * What is said of a file without a document.
     *
     * @param columns its header's; none of what has no header
     */
    static Problem empty(String name, List<String> columns) {
        Problem problem = Problem.of(BatchCode.NO_DOCUMENTS, "name", ArchiveName.clean(name));
        return columns.isEmpty()
                ? problem
                : problem.with("columns", Shortened.openly(LONGEST_HEADER, String.join(", ", columns)));
    }

    /**
     * @param name says its format where the feed does not
     * @param documents reads as far as it wants; not called where the columns are refused
     */
    static List<Problem> read(Path file, String name, Feed feed, Taker taker, Consumer<DocumentReader> documents) {
        List<Problem> problems = new ArrayList<>();
        try (DocumentReader reader = Formats.open(file, name, feed.reading())) {
            problems.addAll(ResultsSheet.told(taker, reader.columns(), name, feed));
            if (problems.isEmpty()) {
                documents.accept(reader);
            } else {
                problems.addAll(reader.notes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
        return NoMapping.told(file, name, feed, problems);
    }
}
