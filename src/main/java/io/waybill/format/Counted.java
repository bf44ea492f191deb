package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;

/** Counts what a workbook has many of; more of it than any spreadsheet program writes is refused. */
final class Counted {
    /** Excel has 65,490 styles at most, and of nothing else that is counted so many. */
    private static final int MOST = 1 << 16;

    private static final int MOST_CHARACTERS = 1 << 24;

    private final String file;
    private final String what;
    private int count;
    private long characters;

    /** @param what a word for many of them */
    Counted(String file, String what) {
        this.file = file;
        this.what = what;
    }

    /**
     * One more.
     *
     * @param kept what is remembered of it
     */
    void one(String... kept) {
        count++;
        for (String text : kept) {
            characters += text.length();
        }
        if (count > MOST) {
            throw tooLarge(MOST + " " + what);
        }
        if (characters > MOST_CHARACTERS) {
            throw tooLarge((MOST_CHARACTERS >> 20) + " MB of " + what);
        }
    }

    private ProblemException tooLarge(String limit) {
        return new ProblemException(Problem.of(FormatCode.WORKBOOK_TOO_LARGE, "file", file, "limit", limit));
    }
}
