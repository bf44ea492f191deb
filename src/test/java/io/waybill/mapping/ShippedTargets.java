package io.waybill.mapping;

import io.waybill.order.Orders;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a hub's mappings may write, each compiled once in a process, as a hub does. */
public final class ShippedTargets {
    private static final Orders ORDERS = new Orders();
    private static final Map<String, Target> MADE = new ConcurrentHashMap<>();

    private ShippedTargets() {}

    public static Target of(String name) {
        return MADE.computeIfAbsent(name, first -> Target.of(first, ORDERS.schema(first)));
    }
}
