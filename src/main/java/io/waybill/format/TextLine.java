package io.waybill.format;

import io.waybill.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One line as it stands in its file.
 *
 * @param number from 1, blank lines counted
 * @param reason what a quarantine file said behind it; empty for others
 * @param open whether the file ends in it, without a line end
 * @param cutOff whether a quarantine file said that the file it is of ended in it
 * @param damage why it cannot be read, or null
 */
record TextLine(
        long number,
        String text,
        String reason,
        boolean open,
        boolean cutOff,
        @Nullable Problem damage) {
    /** Stands between a line and what a quarantine file says of it. */
    static final String MARK = "\t" + Header.REASON + " ";

    /** Stands in a quarantine file between a line that was cut off and its reason. */
    private static final String CUT_OFF = "\twaybill_cut_off";

    /** A line with this behind it, which readers pass over. */
    static String marked(String text, String reason) {
        return text + MARK + reason.replaceAll("\\p{Cntrl}", " ");
    }

    /** A line that is refused again, though it ends, until it is filled or this is taken out of it. */
    static String cutOff(String text) {
        return text + CUT_OFF;
    }

    static TextLine of(long number, String whole, boolean open, @Nullable Problem damage) {
        int mark = whole.indexOf(MARK);
        String before = mark < 0 ? whole : whole.substring(0, mark);
        String reason = mark < 0 ? "" : whole.substring(mark + MARK.length());
        int cut = before.indexOf(CUT_OFF);
        String text = cut < 0 ? before : before.substring(0, cut);
        return new TextLine(number, text, reason, open, cut >= 0, damage);
    }
}
