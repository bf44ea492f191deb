package io.waybill.billing;

import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.text.Shortened;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file, each with its row and column; after enough of it nobody reads on. */
final class Faults {
    private static final int ENOUGH = 50;
    private static final int LONGEST = 60;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final SlashedDates dates = new SlashedDates();

    Faults(String file) {
        this.file = file;
    }

    void add(Code code, long row, String column, String value, Object... more) {
        Problem problem = Problem.of(code, more)
                .with("file", file)
                .with("row", row)
                .with("column", column)
                .with("value", shown(value));
        add(problem);
    }

    void add(Problem problem) {
        if (problems.size() < ENOUGH) {
            problems.add(problem.values().containsKey("file") ? problem : problem.with("file", file));
        }
    }

    /** Those of the file that may be wrong all together. */
    SlashedDates dates() {
        return dates;
    }

    boolean any() {
        return !problems.isEmpty();
    }

    boolean enough() {
        return problems.size() >= ENOUGH;
    }

    List<Problem> problems() {
        return problems;
    }

    private static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return Shortened.openly(LONGEST, line);
    }
}
