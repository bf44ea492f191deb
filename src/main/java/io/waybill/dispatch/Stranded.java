package io.waybill.dispatch;

import io.waybill.carrier.Accounts;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Shipments that wait at an account that is gone from the settings. Nobody buys them, asks for their labels or voids them,
 * so a person is told of each, once. They stay as they are, and go on at once when the account is back. Purchases whose
 * outcome is not known are {@link Recovery}'s.
 */
final class Stranded {
    private static final int BATCH = 100;

    /** So long a node may still run on settings that do not have a new account yet. */
    static final Duration GRACE = Duration.ofMinutes(5);

    private static final Map<ShipmentState, Reason> TOLD = Map.of(
            ShipmentState.READY, Reason.PURCHASE_FAILED,
            ShipmentState.BOUGHT, Reason.LABEL_OVERDUE,
            ShipmentState.VOIDING, Reason.VOID_REFUSED);

    private final Ledger ledger;
    private final Accounts accounts;

    Stranded(Ledger ledger, Accounts accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    boolean tellOfThem() {
        boolean more = false;
        for (String account : ledger.<List<String>>read(tx -> tx.due().accounts())) {
            if (accounts.find(account).isEmpty()) {
                more |= tellOf(account);
            }
        }
        return more;
    }

    private boolean tellOf(String account) {
        boolean more = false;
        for (Map.Entry<ShipmentState, Reason> each : TOLD.entrySet()) {
            List<ShipmentRow> rows = ledger.read(tx -> {
                Instant before = tx.now().minus(GRACE);
                return tx.due().untold(account, each.getKey(), each.getValue(), before, BATCH);
            });
            rows.forEach(row -> ledger.commitAll(tx -> tell(tx, row, each.getValue())));
            more |= rows.size() == BATCH;
        }
        return more;
    }

    private static void tell(Tx tx, ShipmentRow row, Reason reason) {
        OrderRow order = Recording.lock(tx, row);
        boolean unchanged = tx.shipments().of(order.id()).stream()
                .anyMatch(now -> now.id().equals(row.id()) && now.fence() == row.fence());
        if (unchanged && !tx.exceptions().isOpen(reason, row.id())) {
            Problem problem = Problem.of(DispatchCode.ACCOUNT_GONE, "account", String.valueOf(row.account()));
            Recording.open(tx, reason, row.id(), order, row.id(), problem);
        }
    }
}
