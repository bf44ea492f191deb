package io.waybill.readiness;

import io.waybill.problem.Problem;
import java.util.List;

/** One judgement with everything it rests on. */
record Verdict(Question question, List<Evidence> evidence) {

    enum Question {
        FIELDS,
        RESPONSES,
        CHANNELS,
        RECONCILIATION
    }

    enum State {
        READY,
        PARTLY,
        NOT_READY
    }

    enum Weight {
        /** Without it nothing works. */
        MUST,
        /** Without it a person has to help. */
        SHOULD,
        /** To be known. */
        FACT
    }

    record Evidence(Weight weight, boolean good, Problem said) {
        static Evidence must(boolean good, Problem said) {
            return new Evidence(Weight.MUST, good, said);
        }

        static Evidence should(boolean good, Problem said) {
            return new Evidence(Weight.SHOULD, good, said);
        }

        static Evidence fact(Problem said) {
            return new Evidence(Weight.FACT, true, said);
        }
    }

    State state() {
        if (lacks(Weight.MUST)) {
            return State.NOT_READY;
        }
        return lacks(Weight.SHOULD) ? State.PARTLY : State.READY;
    }

    private boolean lacks(Weight weight) {
        return evidence.stream().anyMatch(one -> one.weight() == weight && !one.good());
    }
}
