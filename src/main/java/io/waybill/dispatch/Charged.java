package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Charge;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Tx;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a sale is expected to cost, and what a void gives back of it, as the ledger keeps them. */
final class Charged {
    private static final int LONGEST_REFERENCES = 1_000;

    /** The cost of a label that is not its shipment's. */
    static final String ORPHAN = "orphan";

    private Charged() {}

    /**
     * The parts of a sale's price.
     *
     * @param orphan the carrier's number of a label beside its shipment's, or null
     */
    static void record(
            Tx tx, Account account, OrderRow order, AttemptRow attempt, List<Charge> price, @Nullable String orphan) {
        tx.charges()
                .record(lines(account, order, attempt.shipmentUid(), attempt.ref(), price, orphan)
                        .toList());
    }

    /** A line for each part of a sale's price. */
    static Stream<ChargeBook.Line> lines(
            Account account, OrderRow order, String shipment, String ref, List<Charge> price, @Nullable String orphan) {
        if (price.isEmpty()) {
            return Stream.empty();
        }
        Order.Billing billing = Shipments.billing(order);
        return kept(price).stream()
                .map(charge -> line(account, order, billing, shipment, "label-reply", ref, charge, orphan));
    }

    /** As the ledger keeps amounts: what a part is finer the next has, so that they come to the price. */
    private static List<Charge> kept(List<Charge> price) {
        Map<Currency, BigDecimal> finer = new HashMap<>();
        List<Charge> kept = new ArrayList<>();
        for (Charge part : price) {
            Currency currency = part.amount().currency();
            BigDecimal exact = part.amount().amount().add(finer.getOrDefault(currency, BigDecimal.ZERO));
            BigDecimal amount =
                    exact.scale() <= Amounts.KEPT ? exact : exact.setScale(Amounts.KEPT, RoundingMode.HALF_UP);
            finer.put(currency, exact.subtract(amount));
            kept.add(new Charge(part.type(), new Money(amount, currency), part.code(), part.text()));
        }
        return kept;
    }

    /** @param source the reply that tells of it */
    private static ChargeBook.Line line(
            Account account,
            OrderRow order,
            Order.@Nullable Billing billing,
            String shipment,
            String source,
            String ref,
            Charge charge,
            @Nullable String orphan) {
        return new ChargeBook.Line(
                order.namespace(),
                account.name(),
                account.carrierId(),
                order.id(),
                order.orderId(),
                shipment,
                "expected",
                "label_charge",
                charge.type(),
                charge.amount().amount(),
                charge.amount().currency().getCurrencyCode(),
                charge.code(),
                charge.text(),
                source,
                ref,
                billing == null ? null : billing.costCenter(),
                billing == null ? null : billing.department(),
                references(billing),
                account.chargeEvent(),
                orphan == null ? null : ORPHAN,
                orphan);
    }

    /**
     * Writes what a void gives back of the label {@code number} bought under {@code ref}, a line for each part of its price; what
     * comes back beyond that was paid too. When the carrier does not say, nothing is known, unless the account is billed on scan:
     * then nothing will be owed.
     *
     * @param reason {@link #ORPHAN}, or null for the label of the shipment
     * @return whether anything was written
     */
    static boolean credit(
            Tx tx,
            OrderRow order,
            Account account,
            String shipment,
            String ref,
            String number,
            @Nullable Money refund,
            @Nullable String reason) {
        if (refund == null && !account.isBilledOnScan()) {
            return false;
        }
        List<ChargeBook.Row> sale = sale(tx, shipment, ref, number, reason);
        Function<ChargeBook.Row, BigDecimal> left = tx.corrections()::left;
        Refund given =
                refund == null ? Refund.whole(sale, left) : Refund.of(sale, left, tx.corrections()::cameBack, refund);
        given.parts().forEach(part -> tx.corrections().credit(part.line().id(), part.amount(), ref));
        given.rest()
                .map(rest -> unstated(order, account, shipment, ref, rest, reason == null ? null : number))
                .ifPresent(paid -> tx.corrections()
                        .credit(tx.charges().record(paid), paid.amount().negate(), ref));
        return !given.parts().isEmpty() || given.rest().isPresent();
    }

    /** One ref may have sold the shipment's label and orphans. A label adopted by an earlier version is charged as an orphan. */
    static List<ChargeBook.Row> sale(Tx tx, String shipment, String ref, String number, @Nullable String reason) {
        List<ChargeBook.Row> all = tx.charges().sale(shipment, ref, number);
        List<ChargeBook.Row> own = all.stream()
                .filter(line -> ORPHAN.equals(line.reason()) == ORPHAN.equals(reason))
                .toList();
        return own.isEmpty() && reason == null && tx.orphans().isAdopted(ref) ? all : own;
    }

    /**
     * What an orphan was expected to cost its shipment's own label does.
     *
     * @param price what is charged for it now: so much of it is its own where an earlier version wrote it down among several
     * @return whether its price was known
     */
    static boolean adopted(Tx tx, String shipment, String ref, String number, List<Charge> price) {
        List<ChargeBook.Row> all = sale(tx, shipment, ref, number, ORPHAN);
        List<ChargeBook.Row> sale = tx.orphans().areSeveral(ref) ? amongSeveral(tx, shipment, ref, all, price) : all;
        sale.forEach(tx.corrections()::becomesOwn);
        tx.refunds().becomesOwn(shipment, number);
        return !sale.isEmpty();
    }

    /** What no line says to be its is what is left of all of them, once no other of them is to be voided. */
    private static List<ChargeBook.Row> amongSeveral(
            Tx tx, String shipment, String ref, List<ChargeBook.Row> all, List<Charge> price) {
        List<ChargeBook.Row> nameless = tx.charges().nameless(shipment, ref);
        List<ChargeBook.Row> named =
                all.stream().filter(line -> !nameless.contains(line)).toList();
        List<ChargeBook.Row> its = named.isEmpty() ? ofPrice(uncredited(tx, all), price) : named;
        return its.isEmpty() && !tx.orphans().isLeft(ref) ? all : its;
    }

    /** A line for each part of a price; none where one is missing. */
    private static List<ChargeBook.Row> ofPrice(List<ChargeBook.Row> lines, List<Charge> price) {
        List<ChargeBook.Row> left = new ArrayList<>(lines);
        List<ChargeBook.Row> its = new ArrayList<>();
        for (Charge part : kept(price)) {
            Optional<ChargeBook.Row> line =
                    left.stream().filter(one -> isOf(one, part)).findFirst();
            line.ifPresent(left::remove);
            line.ifPresent(its::add);
        }
        return its.size() == price.size() ? its : List.of();
    }

    private static boolean isOf(ChargeBook.Row line, Charge part) {
        return line.type().equals(part.type())
                && line.amount().compareTo(part.amount().amount()) == 0
                && line.currency().equals(part.amount().currency().getCurrencyCode());
    }

    /** Whether anything of the shipment's label was given back. */
    static boolean isCredited(Tx tx, String shipment, String ref, String number) {
        List<ChargeBook.Row> sale = sale(tx, shipment, ref, number, null);
        return uncredited(tx, sale).size() < sale.size();
    }

    /** Two orphans of one ref that an earlier version wrote down share their lines: what one gave back is asked of no other. */
    static List<ChargeBook.Row> uncredited(Tx tx, List<ChargeBook.Row> sale) {
        return sale.stream().filter(line -> !tx.corrections().isCredited(line)).toList();
    }

    /** What was paid beyond what was stated as the price: nobody knew of it until it came back. */
    private static ChargeBook.Line unstated(
            OrderRow order, Account account, String shipment, String ref, Money rest, @Nullable String orphan) {
        Money paid = new Money(rest.amount().negate(), rest.currency());
        Charge charge = new Charge("uncategorized", paid, null, null);
        return line(account, order, Shipments.billing(order), shipment, "void-reply", ref, charge, orphan);
    }

    /** As many as a line has room for; the order has them all. */
    static @Nullable String references(Order.@Nullable Billing billing) {
        return billing == null || billing.references().isEmpty()
                ? null
                : Shortened.whole(LONGEST_REFERENCES, ", ", billing.references());
    }
}
