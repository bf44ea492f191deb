package io.waybill.batch;

import io.waybill.format.Format;
import io.waybill.problem.Problem;
import java.util.Comparator;
import java.util.List;

/**
 * A header beside one source's mapping.
 *
 * @param format it is read as
 * @param columns none where the file has no header that can be read so
 * @param problems why it is not taken
 */
record Fit(ByColumns.Chosen chosen, Format format, List<String> columns, List<String> unread, List<Problem> problems) {

    /** Who reads more of the columns is nearer; then who refuses less, for one misspelt column may be several problems. */
    static final Comparator<Fit> NEAREST_FIRST = Comparator.comparingInt(Fit::left)
            .thenComparingInt(fit -> fit.problems().size());

    String source() {
        return chosen.source();
    }

    boolean isTaken() {
        return problems.isEmpty() && isNear();
    }

    /** It reads one of the columns at least. */
    boolean isNear() {
        return left() < columns.size();
    }

    boolean isUnreadable() {
        return columns.isEmpty() && !problems.isEmpty();
    }

    /** How many columns it does not read. */
    int left() {
        return unread.size();
    }
}
