package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Charge;
import io.waybill.carrier.Rates.Rate;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The price a shipment was chosen for, as the quoted side of its money. Chosen anew, what was quoted before is taken back. */
final class QuotedCharges {
    private QuotedCharges() {}

    private record Kind(String account, String carrier, String type, String currency) {}

    /** Nothing is written where the carrier named no price. */
    static void record(Tx tx, Account account, OrderRow order, String shipment, Rate rate) {
        Map<Kind, BigDecimal> sums = new LinkedHashMap<>();
        tx.charges().ofShipment(shipment).stream()
                .filter(row -> row.side().equals("quoted"))
                .forEach(row -> sums.merge(
                        new Kind(row.account(), row.carrier(), row.type(), row.currency()),
                        row.amount().negate(),
                        BigDecimal::add));
        parts(rate)
                .forEach(part -> sums.merge(
                        new Kind(
                                account.name(),
                                account.carrierId(),
                                part.type(),
                                part.amount().currency().getCurrencyCode()),
                        part.amount().amount(),
                        BigDecimal::add));
        tx.charges()
                .record(sums.entrySet().stream()
                        .filter(sum -> sum.getValue().signum() != 0)
                        .map(sum -> line(account, order, shipment, sum.getKey(), sum.getValue()))
                        .toList());
    }

    /** The parts where they come to the price, else the price as one. */
    private static Stream<Charge> parts(Rate rate) {
        Money total = rate.total();
        if (total == null) {
            return Stream.empty();
        }
        BigDecimal sum = rate.charges().stream()
                .map(charge -> charge.amount().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean whole = sum.compareTo(total.amount()) == 0
                && rate.charges().stream()
                        .allMatch(charge -> charge.amount().currency().equals(total.currency()));
        return whole ? rate.charges().stream() : Stream.of(new Charge("shipping", total, null, null));
    }

    private static ChargeBook.Line line(
            Account account, OrderRow order, String shipment, Kind kind, BigDecimal amount) {
        Order.@Nullable Billing billing = Shipments.billing(order);
        return new ChargeBook.Line(
                order.namespace(),
                kind.account(),
                kind.carrier(),
                order.id(),
                order.orderId(),
                shipment,
                "quoted",
                "quote",
                kind.type(),
                amount,
                kind.currency(),
                null,
                null,
                "quote",
                shipment,
                billing == null ? null : billing.costCenter(),
                billing == null ? null : billing.department(),
                Charged.references(billing),
                account.chargeEvent(),
                null,
                null);
    }
}
