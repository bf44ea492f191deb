package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;

/**
 * How fixed-length lines are cut.
 *
 * @param layout where their fields stand; of an IDoc what is to be known beside the segments that ship
 * @param bytes lengths are bytes in the file's charset, not characters
 */
public record Fixed(Layout layout, boolean bytes) {
    static final Fixed NONE = new Fixed(Layout.NONE, false);

    /** @throws ProblemException {@code layout-needed} */
    void requireLayout() {
        if (layout.empty()) {
            throw new ProblemException(Problem.of(FormatCode.LAYOUT_NEEDED));
        }
    }
}
