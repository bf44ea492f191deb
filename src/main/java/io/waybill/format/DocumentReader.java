package io.waybill.format;

import io.waybill.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file as a stream of documents, in bounded memory. */
public interface DocumentReader extends AutoCloseable {
    /**
     * The next document, or null after the last.
     *
     * @throws io.waybill.problem.ProblemException when the rest of the file cannot be read
     */
    @Nullable
    Document next();

    /** The names of the columns, cleaned and made unique; empty where the format has no header. */
    default List<String> columns() {
        return List.of();
    }

    /** What is told of the whole file, also where its documents are refused; it stands among the notes of its first document. */
    default List<Problem> notes() {
        return List.of();
    }

    @Override
    void close();
}
