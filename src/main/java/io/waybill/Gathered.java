package io.waybill;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a check has found so far: what keeps a hub from working, what may, and what is as it is. */
final class Gathered {
    final List<Problem> problems = new ArrayList<>();
    final List<Problem> warnings = new ArrayList<>();
    final List<Problem> facts = new ArrayList<>();

    /** What a part that is read throws is found, and the others are read all the same. */
    void collect(Runnable read) {
        collect(read, problem -> problem);
    }

    void collect(Runnable read, UnaryOperator<Problem> located) {
        try {
            read.run();
        } catch (ProblemException e) {
            e.problems().stream().map(located).forEach(problems::add);
        }
    }
}
