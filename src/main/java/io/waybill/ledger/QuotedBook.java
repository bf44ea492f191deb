package io.waybill.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The quoted side of shipments that are cut, joined or chosen anew: what an order was chosen for stands once, where it is to be
 * bought. Every change is a line.
 */
final class QuotedBook {
    private static final String LIKE = """
            INSERT INTO charge (id, namespace, account, carrier, order_uid, order_id, shipment_uid, side, kind, type,
                amount, currency, source, source_ref, cost_center, department, customer_refs, charge_event,
                occurred_at, recorded_at)
            SELECT :id, namespace, account, carrier, order_uid, order_id, :shipment, side, kind, type,
                :amount, currency, source, :shipment, cost_center, department, customer_refs, charge_event,
                CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
            FROM charge WHERE id = :line""";

    private final Handle handle;

    QuotedBook(Handle handle) {
        this.handle = handle;
    }

    private record Kind(String account, String carrier, String type, String currency) {
        /** What is left over stays where it is cut from. */
        BigDecimal share(BigDecimal amount, int parts) {
            int decimals = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
            return amount.divide(BigDecimal.valueOf(parts), decimals, RoundingMode.DOWN);
        }
    }

    /** @param line one that has its names and references */
    private record Net(String line, BigDecimal amount) {
        Net plus(Net other) {
            return new Net(line, amount.add(other.amount));
        }
    }

    /** Shares what a shipment is quoted evenly with those that were cut off it. */
    void share(String shipment, List<String> cutOff) {
        nets(shipment).forEach((kind, net) -> {
            BigDecimal share = kind.share(net.amount(), cutOff.size() + 1);
            cutOff.forEach(piece -> move(net.line(), share, shipment, piece));
        });
    }

    /** What others are quoted is quoted of the shipment that takes their place. */
    void gather(List<String> others, String shipment) {
        others.forEach(other -> nets(other).forEach((kind, net) -> move(net.line(), net.amount(), other, shipment)));
    }

    /** It is to be bought otherwise than it was chosen for, or not at all. */
    void takeBack(String shipment) {
        nets(shipment)
                .forEach((kind, net) -> like(net.line(), shipment, net.amount().negate()));
    }

    private Map<Kind, Net> nets(String shipment) {
        Map<Kind, Net> nets = new LinkedHashMap<>();
        handle.createQuery("""
                        SELECT id, account, carrier, type, currency, amount FROM charge
                        WHERE shipment_uid = :shipment AND side = 'quoted' ORDER BY id""")
                .bind("shipment", shipment)
                .map((row, context) -> Map.entry(
                        new Kind(
                                row.getString("account"),
                                row.getString("carrier"),
                                row.getString("type"),
                                row.getString("currency")),
                        new Net(row.getString("id"), row.getBigDecimal("amount"))))
                .forEach(line -> nets.merge(line.getKey(), line.getValue(), Net::plus));
        return nets;
    }

    private void move(String line, BigDecimal amount, String from, String to) {
        like(line, from, amount.negate());
        like(line, to, amount);
    }

    private void like(String line, String shipment, BigDecimal amount) {
        if (amount.signum() != 0) {
            handle.createUpdate(LIKE)
                    .bind("id", Ids.next("chg"))
                    .bind("line", line)
                    .bind("shipment", shipment)
                    .bind("amount", amount)
                    .execute();
        }
    }
}
