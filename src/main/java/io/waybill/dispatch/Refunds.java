package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.GivenBackBook;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.RefundBook.Asked;
import io.waybill.ledger.RefundBook.Decided;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked back for a label that is given back, as the answers of its carrier drive it. On an account that is billed on
 * scan nothing was paid and nothing is asked back.
 */
final class Refunds {
    /** What the carrier leaves out of refunds altogether; every other no is a rejection. */
    private static final Set<String> EXCLUDED = Set.of("label_already_used", "void_period_over");

    /** A refund is looked at some times before it is overdue. */
    private static final int LOOKS = 20;

    private final Tx tx;
    private final Account account;
    private final OrderRow order;
    private final String shipment;
    private final String carrierShipment;
    private final String ref;
    private final @Nullable String reason;

    /** @param reason {@link Charged#ORPHAN}, or null for the label of the shipment */
    Refunds(
            Tx tx,
            Account account,
            OrderRow order,
            String shipment,
            String carrierShipment,
            String ref,
            @Nullable String reason) {
        this.tx = tx;
        this.account = account;
        this.order = order;
        this.shipment = shipment;
        this.carrierShipment = carrierShipment;
        this.ref = ref;
        this.reason = reason;
    }

    /** Of a shipment's own label. */
    static Refunds ofLabel(Tx tx, Account account, OrderRow order, ShipmentRow row) {
        return new Refunds(
                tx,
                account,
                order,
                row.id(),
                String.valueOf(row.carrierShipment()),
                sale(tx, row).ref(),
                null);
    }

    /** The same, while the hub still has its account. */
    static Optional<Refunds> ofLabel(Tx tx, Accounts accounts, OrderRow order, ShipmentRow row) {
        return accounts.find(String.valueOf(row.account())).map(account -> ofLabel(tx, account, order, row));
    }

    /** The attempt that sold a shipment; the last where none of them says so. */
    static AttemptRow sale(Tx tx, ShipmentRow row) {
        return tx.attempts()
                .sold(row.id())
                .or(() -> tx.attempts().last(row.id()))
                .orElseThrow();
    }

    void requested() {
        List<ChargeBook.Row> sale = Charged.uncredited(tx, Charged.sale(tx, shipment, ref, carrierShipment, reason));
        String currency =
                sale.stream().map(ChargeBook.Row::currency).findFirst().orElse(null);
        BigDecimal paid = sale.stream()
                .filter(line -> line.currency().equals(currency))
                .map(ChargeBook.Row::amount)
                .reduce(BigDecimal::add)
                .orElse(null);
        boolean owed = !account.isBilledOnScan();
        tx.refunds()
                .ask(
                        new Asked(
                                order.namespace(),
                                account.name(),
                                account.carrierId(),
                                order.id(),
                                order.orderId(),
                                shipment,
                                carrierShipment,
                                ref,
                                Charged.ORPHAN.equals(reason),
                                owed ? "requested" : "not_applicable",
                                currency,
                                paid),
                        owed ? pause(account) : null);
        tx.refunds().find(account.name(), carrierShipment).ifPresent(row -> cameBefore(tx, order, row));
    }

    /** What invoices gave back before it was asked for is of it, as what they give back afterwards. */
    static void cameBefore(Tx tx, OrderRow order, RefundBook.Row row) {
        tx.givenBack().last(row).ifPresent(credit -> cameBefore(tx, order, row, credit));
    }

    private static void cameBefore(Tx tx, OrderRow order, RefundBook.Row row, GivenBackBook.Credit last) {
        String currency = last.currency();
        BigDecimal back = tx.givenBack().onInvoices(row, currency);
        BigDecimal charged = tx.givenBack().chargedOnInvoices(row, currency);
        if (back.compareTo(row.credited()) <= 0 || !tx.refunds().credit(row, back, charged, currency, last.number())) {
            return;
        }
        tx.givenBack().giveBack(row, currency, tx.givenBack().onInvoicesTogether(row, currency), last.invoice());
        if (tx.refunds().isCredited(row)) {
            tx.exceptions().closeBy(Fact.CREDITED, row.id());
        }
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.putObject("refund")
                .put("id", row.id())
                .put("credited", Amounts.plain(back))
                .put("currency", currency)
                .put("by", last.number());
        tx.events().emit(order, row.shipmentUid(), "billing.refunded", facts);
    }

    /** @param refund what it said it gives back, or null when it did not say: then it is still to come */
    void granted(@Nullable Money refund) {
        if (account.isBilledOnScan()) {
            decide(new Decided("not_applicable", null, null, null));
        } else if (refund == null) {
            decide(new Decided("pending", null, null, null));
        } else {
            decide(new Decided(
                    "approved", refund.amount().abs(), refund.currency().getCurrencyCode(), null));
        }
    }

    void pending(String words) {
        if (!account.isBilledOnScan()) {
            decide(new Decided("pending", null, null, words));
        }
    }

    void refused(String why, String words) {
        if (!account.isBilledOnScan()) {
            decide(new Decided(EXCLUDED.contains(why) ? "excluded" : "rejected", null, null, why + ": " + words));
        }
    }

    private void decide(Decided decided) {
        String words = decided.words();
        tx.refunds()
                .decide(
                        account.name(),
                        carrierShipment,
                        new Decided(
                                decided.state(),
                                decided.approved(),
                                decided.currency(),
                                words == null ? null : Shortened.to(2000, words)));
        tx.refunds()
                .find(account.name(), carrierShipment)
                .filter(row -> row.state().equals("credited"))
                .ifPresent(row -> tx.exceptions().closeBy(Fact.CREDITED, row.id()));
    }

    static Duration pause(Account account) {
        return account.aftercare().refundWithin().dividedBy(LOOKS);
    }
}
