package io.waybill.dispatch;

import io.waybill.carrier.Breaker;
import io.waybill.carrier.Outcome;

/** Whether the carrier was asked under a pass: one that was not used goes back. */
final class Asked {
    private final Breaker.Pass pass;
    private boolean used;

    Asked(Breaker.Pass pass) {
        this.pass = pass;
    }

    Outcome told(Outcome outcome) {
        used = true;
        return pass.told(outcome);
    }

    void giveBackUnused() {
        if (!used) {
            pass.giveBack();
        }
    }
}
