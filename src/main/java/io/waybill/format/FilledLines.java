package io.waybill.format;

import io.waybill.problem.Problem;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the lines of each kind are filled to their width, so that a shorter one in which the file ends was cut off. What a
 * quarantine file says was cut off is, until it is filled.
 */
final class FilledLines {
    /** Where writers leave blanks out, a line or two may be filled by chance. */
    private static final int FEWEST = 3;

    private static final int NOT_ALL = -1;

    private final String file;
    private final Map<LineLayout, Integer> filled = new HashMap<>();

    FilledLines(String file) {
        this.file = file;
    }

    /**
     * What is wrong with a line, once those before it were asked for.
     *
     * @param length in what the layout counts by
     * @return {@code line-cut-off}, or null
     */
    @Nullable
    Problem cutOff(LineLayout kind, TextLine line, int length) {
        boolean isFilled = length >= kind.width();
        int before = filled.getOrDefault(kind, 0);
        if (!isFilled && (line.cutOff() || (line.open() && before >= FEWEST))) {
            return Problem.of(
                    FormatCode.LINE_CUT_OFF,
                    "file",
                    file,
                    "row",
                    line.number(),
                    "length",
                    length,
                    "limit",
                    kind.width());
        }
        filled.put(kind, isFilled && before != NOT_ALL ? Math.min(before + 1, FEWEST) : NOT_ALL);
        return null;
    }
}
