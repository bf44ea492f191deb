package io.waybill.dispatch;

import io.waybill.carrier.Breaker;
import io.waybill.carrier.Outcome;
import io.waybill.trace.Step;

/** Whether the carrier was asked under a pass: one that was not used goes back. */
final class Asked {
    private final Breaker.Pass pass;
    private final Step step;
    private boolean used;

    Asked(Breaker.Pass pass, Step step) {
        this.pass = pass;
        this.step = step;
    }

    Outcome told(Outcome outcome) {
        used = true;
        step.with(
                "outcome", outcome.fold(sale -> "bought", no -> "refused", unsent -> "not_sent", unknown -> "unknown"));
        return pass.told(outcome);
    }

    void giveBackUnused() {
        if (!used) {
            pass.giveBack();
        }
    }
}
