package io.waybill.ledger;

import io.waybill.measure.Money;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The label each order has, bought here or brought, and what it is expected to cost. */
public final class BoughtBook {
    /** Why there is a label beside the one an order asks for. */
    private static final Set<String> FURTHER = Set.of("relabel", "split", "reship", "return");

    private final Handle handle;

    BoughtBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * The label of an order.
     *
     * @param cost what it is expected to cost, with the pieces the order was bought in, and without further labels of it and
     *     those given back; null when nobody knows, or in more than one currency
     */
    public record Bought(
            String carrier,
            @Nullable String service,
            @Nullable Money cost) {}

    /** By the hub ids of orders; those without a label are left out. */
    public Map<String, Bought> of(Collection<String> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        Map<String, List<Label>> labels =
                handle
                        .createQuery("""
            SELECT id, order_uid, carrier, service, reason FROM shipment
            WHERE order_uid IN (<orders>) AND state IN ('BOUGHT', 'LABELLED', 'VOIDING') ORDER BY order_uid, seq""")
                        .bindList("orders", orders)
                        .map(ConstructorMapper.of(Label.class))
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(Label::orderUid));
        Map<String, List<Money>> costs = costs(labels.keySet());
        Map<String, Bought> bought = new HashMap<>();
        labels.forEach((order, ofOrder) -> {
            Label first = ofOrder.get(0);
            List<Money> cost = ofOrder.stream()
                    .filter(label -> label.id().equals(first.id()) || !FURTHER.contains(String.valueOf(label.reason())))
                    .flatMap(label -> costs.getOrDefault(label.id(), List.of()).stream())
                    .toList();
            bought.put(order, new Bought(String.valueOf(first.carrier()), first.service(), one(cost)));
        });
        return bought;
    }

    /** What the shipments of orders are expected to cost, by shipment. */
    private Map<String, List<Money>> costs(Collection<String> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        return handle.createQuery("""
            SELECT shipment_uid, currency, SUM(amount) AS amount FROM charge
            WHERE side = 'expected' AND order_uid IN (<orders>) GROUP BY shipment_uid, currency""")
                .bindList("orders", orders)
                .map((row, context) -> Map.entry(
                        row.getString("shipment_uid"),
                        new Money(row.getBigDecimal("amount"), Currency.getInstance(row.getString("currency")))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** One label of an order. */
    public record Label(
            String id,
            String orderUid,
            @Nullable String carrier,
            @Nullable String service,
            @Nullable String reason) {}

    private static @Nullable Money one(List<Money> costs) {
        boolean inOne = costs.stream().map(Money::currency).distinct().count() == 1;
        return inOne ? costs.stream().reduce(Money::plus).orElseThrow() : null;
    }
}
