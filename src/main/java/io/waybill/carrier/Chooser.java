package io.waybill.carrier;

import io.waybill.order.Order;

/** Chooses an account for an order. Pure and quick: it asks no carrier. */
@FunctionalInterface
public interface Chooser {
    Choice choose(Order order, String namespace);
}
