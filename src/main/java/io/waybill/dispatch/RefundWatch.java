package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Bills;
import io.waybill.carrier.Charge;
import io.waybill.carrier.Fees;
import io.waybill.carrier.Ref;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.problem.Problem;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after refunds that are under way: asks carriers that tell what they booked, and tells a person of one that is overdue. */
final class RefundWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RefundWatch.class);
    private static final int BATCH = 20;
    private static final Duration LATEST = Duration.ofDays(365);
    private static final String FEE_QUERY = "fee-query";

    private final Ledger ledger;

    RefundWatch(Ledger ledger) {
        this.ledger = ledger;
    }

    boolean lookAtThoseDue(Account account) {
        List<RefundBook.Row> rows = ledger.read(tx -> tx.refunds().due(account.name(), BATCH));
        Set<String> off = ledger.read(tx -> tx.rollout().off(Stage.REFUNDS));
        rows.forEach(row -> {
            if (off.contains(row.namespace())) {
                ledger.commitAll(tx -> tx.refunds().lookAgain(row, Refunds.pause(account)));
            } else {
                look(account, row);
            }
        });
        return rows.size() == BATCH;
    }

    private void look(Account account, RefundBook.Row row) {
        Optional<List<Charge>> booked = booked(account, row);
        ledger.commitAll(tx -> {
            OrderRow order = tx.orders().lock(row.orderUid(), Namespaces.ALL).orElseThrow();
            if (tx.refunds().isOpen(row)) {
                Refunds.cameBefore(tx, order, find(tx, row));
            }
            RefundBook.Row now = find(tx, row);
            tx.refunds().lookAgain(row, isLeft(tx, now) ? null : Refunds.pause(account));
            booked.ifPresent(charges -> credited(tx, account, order, now, charges));
            if (isOverdue(tx, account, now) && tx.refunds().isOpen(row)) {
                overdue(tx, account, order, now);
            }
        });
    }

    private static RefundBook.Row find(Tx tx, RefundBook.Row row) {
        return tx.refunds().find(row.account(), row.carrierShipment()).orElseThrow();
    }

    /** What comes after it was written off is looked for a year long. */
    private static boolean isLeft(Tx tx, RefundBook.Row row) {
        Instant decided = row.decidedAt();
        return row.isWrittenOff() && decided != null && decided.plus(LATEST).isBefore(tx.now());
    }

    private Optional<List<Charge>> booked(Account account, RefundBook.Row row) {
        if (!account.isOf(row.carrier()) || !(account.carrier() instanceof Fees fees)) {
            return Optional.empty();
        }
        Optional<AttemptRow> sale = ledger.read(tx -> tx.attempts().find(row.ref()));
        try {
            return sale.flatMap(attempt -> {
                Ref ref = Refs.of(attempt);
                return fees.fees(new ShipmentId(row.carrierShipment()), ref);
            });
        } catch (RuntimeException e) {
            LOG.warn("what was booked for {} could not be asked: {}", row.carrierShipment(), e.toString());
            return Optional.empty();
        }
    }

    /** Credits among what was booked. Where the bill is pulled it has them too, and they are settled with it. */
    private static void credited(Tx tx, Account account, OrderRow order, RefundBook.Row row, List<Charge> charges) {
        List<Charge> own = charges.stream()
                .filter(charge -> row.currency() == null
                        || charge.amount().currency().getCurrencyCode().equals(row.currency()))
                .toList();
        Optional<Currency> currency =
                own.stream().map(charge -> charge.amount().currency()).findFirst();
        if (currency.isEmpty()) {
            return;
        }
        BigDecimal back = sum(own, -1).negate();
        BigDecimal more = back.subtract(row.credited());
        if (more.signum() <= 0
                || !tx.refunds().credit(row, back, sum(own, 1), currency.get().getCurrencyCode(), FEE_QUERY)) {
            return;
        }
        BigDecimal together = tx.refunds().creditedTogether(row, currency.get().getCurrencyCode());
        tx.givenBack().giveBack(row, currency.get().getCurrencyCode(), together, FEE_QUERY);
        if (Bills.arePulledFrom(account.carrier()) && account.aftercare().pullsBill()) {
            tx.pulls().again(row.shipmentUid());
        } else {
            settled(tx, account, order, row, new Money(more.negate(), currency.get()));
        }
        if (tx.refunds().isCredited(row)) {
            tx.exceptions().closeBy(Fact.CREDITED, row.id());
        }
        ObjectNode facts = facts(row, back, currency.get());
        if (row.isWrittenOff()) {
            ObjectNode detail = facts.withObject("/refund").deepCopy().without("id");
            detail.put("carrierShipment", row.carrierShipment());
            tx.story().tell(order.id(), row.shipmentUid(), "refund came late", null, detail.toString());
        }
        tx.events().emit(order, row.shipmentUid(), "billing.refunded", facts);
    }

    private static BigDecimal sum(List<Charge> charges, int sign) {
        return charges.stream()
                .map(charge -> charge.amount().amount())
                .filter(amount -> amount.signum() == sign)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Money that came back beside the invoices. */
    private static void settled(Tx tx, Account account, OrderRow order, RefundBook.Row row, Money amount) {
        tx.charges()
                .record(new ChargeBook.Line(
                        order.namespace(),
                        account.name(),
                        account.carrierId(),
                        order.id(),
                        order.orderId(),
                        row.shipmentUid(),
                        "settled",
                        "void_credit",
                        "uncategorized",
                        amount.amount(),
                        amount.currency().getCurrencyCode(),
                        null,
                        null,
                        FEE_QUERY,
                        row.id(),
                        null,
                        null,
                        null,
                        account.chargeEvent(),
                        row.orphan() ? Charged.ORPHAN : null,
                        row.orphan() ? row.carrierShipment() : null));
    }

    private static ObjectNode facts(RefundBook.Row row, BigDecimal credited, Currency currency) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.putObject("refund")
                .put("id", row.id())
                .put("credited", Amounts.plain(credited))
                .put("currency", currency.getCurrencyCode())
                .put("by", FEE_QUERY);
        return facts;
    }

    /** Where a label is paid when it is made, from the day it was asked back; else from the day an invoice charged it. */
    private static boolean isOverdue(Tx tx, Account account, RefundBook.Row row) {
        Optional<Instant> from = account.chargeEvent().equals("on_creation")
                ? Optional.of(row.requestedAt())
                : tx.givenBack().billedAt(row);
        return from.filter(
                        since -> since.plus(account.aftercare().refundWithin()).isBefore(tx.now()))
                .isPresent();
    }

    private static void overdue(Tx tx, Account account, OrderRow order, RefundBook.Row row) {
        if (tx.exceptions().isOpen(Reason.REFUND_OVERDUE, row.id())) {
            return;
        }
        Problem problem = Problem.of(
                DispatchCode.REFUND_OVERDUE,
                "account",
                account.name(),
                "carrierShipment",
                row.carrierShipment(),
                "state",
                row.state(),
                "amount",
                row.requested() == null ? "?" : Amounts.plain(row.requested()),
                "currency",
                String.valueOf(row.currency()),
                "days",
                account.aftercare().refundWithin().toDays());
        Recording.open(tx, Reason.REFUND_OVERDUE, row.id(), order, row.shipmentUid(), problem);
    }
}
