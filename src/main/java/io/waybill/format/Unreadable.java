package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;

/** A file that cannot be read, or not be written, whatever it says. */
final class Unreadable {
    private Unreadable() {}

    static ProblemException file(String file, Throwable cause) {
        return new ProblemException(Problem.of(FormatCode.UNREADABLE_FILE, "file", file), cause);
    }

    /** The one being written. */
    static ProblemException output(Throwable cause) {
        return file("output", cause);
    }
}
