package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Outcome;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person decides of a purchase the hub cannot settle by itself; told in the story and the audit log. */
final class Resolving {

    private final Ledger ledger;
    private final Accounts accounts;
    private final Recording recording;
    private final Voiding voiding;
    private final VoidCalls voidCalls;
    private final ToldSale toldSale;

    Resolving(Ledger ledger, Accounts accounts, Recording recording, Voiding voiding, VoidCalls voidCalls) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.recording = recording;
        this.voiding = voiding;
        this.voidCalls = voidCalls;
        this.toldSale = new ToldSale(ledger);
    }

    void resolve(String orderUid, Resolution resolution, Namespaces scope, String actor) {
        OrderRow order = ledger.read(tx -> tx.orders().find(orderUid, scope))
                .orElseThrow(() -> new ProblemException(Problem.of(OrderCode.ORDER_NOT_FOUND, "id", orderUid)));
        ShipmentRow row = meant(order, resolution);
        if (isDone(row, resolution)) {
            return;
        }
        requireOpen(order, row, resolution);
        switch (resolution.action()) {
            case ADOPT -> adopt(order, row, resolution, actor);
            case VOID_AND_REBUY -> voidAndRebuy(order, row, resolution, actor);
            case BUY_ANYWAY -> buyAnyway(row, resolution, actor);
        }
    }

    /** The one named, else the one that is open, else the only one. */
    private ShipmentRow meant(OrderRow order, Resolution resolution) {
        List<ShipmentRow> all = ledger.read(tx -> tx.shipments().of(order.id()));
        if (resolution.shipment() != null) {
            return all.stream()
                    .filter(row -> row.id().equals(resolution.shipment()))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            Problem.of(OrderCode.SHIPMENT_NOT_FOUND, "id", resolution.shipment())));
        }
        List<ShipmentRow> open = all.stream().filter(Resolving::isUnsettled).toList();
        List<ShipmentRow> candidates = open.isEmpty() ? all : open;
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        Optional<ShipmentRow> done =
                candidates.stream().filter(row -> isDone(row, resolution)).findFirst();
        return done.orElseThrow(() -> new ProblemException(Problem.of(
                DispatchCode.WHICH_SHIPMENT,
                "orderId",
                order.orderId(),
                "shipments",
                candidates.stream().map(ShipmentRow::id).collect(Collectors.joining(", ")))));
    }

    private static boolean isUnsettled(ShipmentRow row) {
        return row.state() == ShipmentState.UNKNOWN || row.state() == ShipmentState.REVIEW;
    }

    /** The same was decided before. */
    private boolean isDone(ShipmentRow row, Resolution resolution) {
        return switch (resolution.action()) {
            case ADOPT ->
                row.state().isSold() && String.valueOf(row.carrierShipment()).equals(resolution.number());
            case VOID_AND_REBUY ->
                row.rebuy() && (row.state() == ShipmentState.VOIDING || row.state() == ShipmentState.VOIDED);
            case BUY_ANYWAY ->
                !isUnsettled(row)
                        && ledger.read(tx -> tx.attempts().of(row.id())).stream()
                                .anyMatch(attempt -> attempt.state().equals("GIVEN_UP"));
        };
    }

    /** A label that is there may be voided and bought once more; everything else needs an unknown outcome. */
    private void requireOpen(OrderRow order, ShipmentRow row, Resolution resolution) {
        if (row.state() == ShipmentState.BUYING) {
            throw Voiding.beingBought(order);
        }
        if (row.imported()) {
            throw new ProblemException(Problem.of(DispatchCode.BOUGHT_ELSEWHERE, "id", row.id()));
        }
        boolean sold = row.state() == ShipmentState.BOUGHT || row.state() == ShipmentState.LABELLED;
        if (!isUnsettled(row) && !(sold && resolution.action() == Resolution.Action.VOID_AND_REBUY)) {
            throw new ProblemException(
                    Problem.of(DispatchCode.NOTHING_TO_RESOLVE, "id", row.id(), "status", row.word()));
        }
    }

    private void adopt(OrderRow order, ShipmentRow row, Resolution resolution, String actor) {
        AttemptRow attempt = open(row);
        Account account = account(order, attempt);
        Outcome.Bought sale = toldSale.readable(row, account, attempt, resolution);
        Account seller = account.isOf(attempt.carrier()) ? account : account.of(String.valueOf(attempt.carrier()));
        ledger.commitAll(tx -> tell(tx, sold(tx, seller, attempt, row, resolution, sale), row, resolution, actor));
    }

    private void voidAndRebuy(OrderRow order, ShipmentRow row, Resolution resolution, String actor) {
        voidCalls.requireOffered(row);
        if (isUnsettled(row)) {
            AttemptRow attempt = open(row);
            Account account = account(order, attempt);
            Outcome.Bought sale = toldSale.of(row, account, resolution);
            ledger.commitAll(tx -> {
                OrderRow locked = sold(tx, account, attempt, row, resolution, sale);
                request(tx, locked, fresh(tx, row), resolution, actor);
            });
        } else {
            ledger.commitAll(tx -> request(tx, Recording.lock(tx, row), row, resolution, actor));
        }
        voidCalls.askNow(row.id());
    }

    /** Decides that the attempt sold this, and that the audit asks for what else it sold; answers the order, locked. */
    private OrderRow sold(
            Tx tx, Account account, AttemptRow attempt, ShipmentRow row, Resolution resolution, Outcome.Bought sale) {
        OrderRow order = Recording.lock(tx, row);
        ToldSale.requireStillFree(tx, row, account, resolution, sale);
        if (!recording.decide(tx, account, attempt, row.fence(), sale)) {
            throw Voiding.beingBought(order);
        }
        tx.sweep().schedule(fresh(tx, row), tx.now());
        return order;
    }

    private void request(Tx tx, OrderRow order, ShipmentRow row, Resolution resolution, String actor) {
        if (!voiding.request(tx, row, true, actor)) {
            throw Voiding.beingBought(order);
        }
        tell(tx, order, row, resolution, actor);
    }

    private void buyAnyway(ShipmentRow row, Resolution resolution, String actor) {
        AttemptRow attempt = open(row);
        ledger.commitAll(tx -> {
            OrderRow order = Recording.lock(tx, row);
            if (row.lookups() == 0) {
                throw new ProblemException(
                        Problem.of(DispatchCode.NOT_LOOKED_UP_YET, "orderId", order.orderId(), "seconds", 5));
            }
            if (!tx.purchases().buyAnyway(row)) {
                throw Voiding.beingBought(order);
            }
            tx.attempts().settle(attempt.ref(), "GIVEN_UP", new byte[0], null, null);
            tx.exceptions().closeBy(Fact.BOUGHT_ANYWAY, row.id());
            Problem problem =
                    Problem.of(DispatchCode.BOUGHT_ANYWAY, "account", attempt.account(), "ref", attempt.ref());
            Recording.open(tx, Reason.BOUGHT_ANYWAY, attempt.ref(), order, row.id(), problem);
            tell(tx, order, row, resolution, actor);
        });
    }

    /** The attempt whose outcome is not known; the last one where all are closed. */
    private AttemptRow open(ShipmentRow row) {
        return ledger.read(tx -> tx.attempts().inDoubt(row.id())).orElseThrow();
    }

    /** Accounts of other namespaces are nobody's business here. */
    private Account account(OrderRow order, AttemptRow attempt) {
        return accounts.find(attempt.account())
                .orElseThrow(() -> new ProblemException(Problem.of(
                        OrderCode.UNKNOWN_ACCOUNT,
                        "account",
                        attempt.account(),
                        "known",
                        accounts.serving(order.namespace()).stream()
                                .map(Account::name)
                                .collect(Collectors.joining(", ")))));
    }

    private static ShipmentRow fresh(Tx tx, ShipmentRow row) {
        return tx.shipments().find(row.id(), Namespaces.ALL).orElseThrow();
    }

    private static void tell(Tx tx, OrderRow order, ShipmentRow row, Resolution resolution, String actor) {
        ObjectNode detail = Json.mapper()
                .createObjectNode()
                .put("action", resolution.action().text())
                .put("number", resolution.number());
        tx.audit().record(actor, "resolve", row.id(), order.namespace(), detail.toString());
        if (!tx.erasure().isErased(order.id())) {
            detail.put("reason", resolution.reason());
        }
        tx.story().tell(order.id(), row.id(), "resolved", actor, detail.toString());
    }
}
