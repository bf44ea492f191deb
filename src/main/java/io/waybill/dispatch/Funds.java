package io.waybill.dispatch;

import io.waybill.carrier.Balances;
import io.waybill.carrier.Balances.Balance;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Reason;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a prepaid account has left. A person is told before it stops selling, and not any more when there is more. */
record Funds(Ledger ledger, String account, Balances carrier) {
    private static final Logger LOG = LoggerFactory.getLogger(Funds.class);

    /**
     * Asks, and says what comes of it; one that cannot be asked is asked at the next turn. One look at a time, so that
     * an earlier answer never has the last word.
     */
    synchronized boolean look() {
        Balance balance;
        try {
            balance = carrier.balance();
        } catch (RuntimeException silent) {
            LOG.warn("the balance of {} is not known now: {}", account, silent.toString());
            return false;
        }
        if (balance.isLow()) {
            ledger.commitAll(tx -> tell(tx, balance));
        } else if (ledger.read(tx -> tx.exceptions().isOpen(Reason.BALANCE_LOW, account))) {
            ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.FUNDED, account));
        }
        return false;
    }

    /** Once: how low it is by now stands in the account's own place. */
    private void tell(Tx tx, Balance balance) {
        if (tx.exceptions().isOpen(Reason.BALANCE_LOW, account)) {
            return;
        }
        BigDecimal least = balance.least() == null ? BigDecimal.ZERO : balance.least();
        Problem problem = Problem.of(
                DispatchCode.BALANCE_LOW, "account", account, "left", balance.left(), "least", least.toPlainString());
        tx.exceptions().open(Reason.BALANCE_LOW, account, "", null, null, null, Json.text(List.of(problem)));
    }
}
