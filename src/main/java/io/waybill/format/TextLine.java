package io.waybill.format;

import io.waybill.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One line as it stands in its file.
 *
 * @param number from 1, blank lines counted
 * @param reason what a quarantine file said behind it; empty for others
 * @param damage why it cannot be read, or null
 */
record TextLine(
        long number, String text, String reason, @Nullable Problem damage) {
    /** Stands between a line and what a quarantine file says of it. */
    static final String MARK = "\t" + Header.REASON + " ";

    /** A line with this behind it, which readers pass over. */
    static String marked(String text, String reason) {
        return text + MARK + reason.replaceAll("\\p{Cntrl}", " ");
    }

    static TextLine of(long number, String whole, @Nullable Problem damage) {
        int mark = whole.indexOf(MARK);
        return mark < 0
                ? new TextLine(number, whole, "", damage)
                : new TextLine(number, whole.substring(0, mark), whole.substring(mark + MARK.length()), damage);
    }
}
