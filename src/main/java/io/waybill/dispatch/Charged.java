package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Charge;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import org.jspecify.annotations.Nullable;

/** What a sale is expected to cost, and what a void gives back of it, as the ledger keeps them. */
final class Charged {
    private Charged() {}

    static ChargeBook.Line line(Account account, OrderRow order, Order content, AttemptRow attempt, Charge charge) {
        Order.Billing billing = content.billing();
        return new ChargeBook.Line(
                order.namespace(),
                account.name(),
                account.carrierId(),
                order.id(),
                order.orderId(),
                attempt.shipmentUid(),
                "expected",
                "label_charge",
                charge.type(),
                charge.amount().amount(),
                charge.amount().currency().getCurrencyCode(),
                charge.code(),
                charge.text(),
                "label-reply",
                attempt.ref(),
                billing == null ? null : billing.costCenter(),
                billing == null ? null : billing.department(),
                references(billing),
                account.chargeEvent());
    }

    /** What a void gives back, for the same cost centre and references as the sale. */
    static ChargeBook.Line credit(OrderRow order, ShipmentRow row, Money refund) {
        Order.Billing billing = Shipments.order(order).billing();
        return new ChargeBook.Line(
                order.namespace(),
                String.valueOf(row.account()),
                String.valueOf(row.carrier()),
                order.id(),
                order.orderId(),
                row.id(),
                "expected",
                "void_credit",
                "shipping",
                refund.amount().abs().negate(),
                refund.currency().getCurrencyCode(),
                null,
                null,
                "void-reply",
                row.carrierShipment(),
                billing == null ? null : billing.costCenter(),
                billing == null ? null : billing.department(),
                references(billing),
                null);
    }

    private static @Nullable String references(Order.@Nullable Billing billing) {
        return billing == null || billing.references().isEmpty() ? null : String.join(", ", billing.references());
    }
}
