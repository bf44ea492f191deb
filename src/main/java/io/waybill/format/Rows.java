package io.waybill.format;

import io.waybill.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one table that are not blank, in bounded memory. */
interface Rows extends AutoCloseable {
    /** The next row, or null after the last. */
    @Nullable
    RawRow next();

    /** What to say of a row that is wider than the header. */
    Problem tooWide(RawRow row, int width);

    /** Whether a row is written with all its cells, the empty ones too, so that one with fewer lacks some. */
    default boolean writesEmptyCells() {
        return false;
    }

    /** Whether the file ends in the row that was read last, without a line end. */
    default boolean endsInRow() {
        return false;
    }

    /** Columns the table does not announce: what is no column of it where nothing stands there. */
    default List<String> undeclared() {
        return List.of();
    }

    /** What is told of the whole table, though its rows are read. */
    default List<Problem> notes() {
        return List.of();
    }

    /** Whether something may stand above the header, as people like it in a spreadsheet. */
    boolean looseHeader();

    @Override
    void close();
}
