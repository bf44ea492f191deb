package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Breaker;
import io.waybill.carrier.Outcome;
import io.waybill.ledger.OrderRow;
import io.waybill.trace.Step;
import io.waybill.trace.Traces;

/** A purchase's turn at its carrier, traced from here to {@link #close}: a pass under which the carrier was not asked goes back. */
final class Turn implements AutoCloseable {
    private final Breaker.Pass pass;
    private final Step step;
    private boolean used;

    Turn(Account account, OrderRow order, Breaker.Pass pass) {
        this.pass = pass;
        this.step = Traces.call("buy", order.id()).with("account", account.name());
    }

    Outcome told(Outcome outcome) {
        used = true;
        step.with(
                "outcome", outcome.fold(sale -> "bought", no -> "refused", unsent -> "not_sent", unknown -> "unknown"));
        return pass.told(outcome);
    }

    @Override
    public void close() {
        try (step) {
            if (!used) {
                pass.giveBack();
            }
        }
    }
}
