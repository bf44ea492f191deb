package io.waybill.carrier;

import io.waybill.order.Order;
import io.waybill.problem.Problem;
import java.util.Optional;

/** Chooses an account for an order. Pure and quick: it asks no carrier. */
@FunctionalInterface
public interface Chooser {
    Choice choose(Order order, String namespace);

    /** Why no order of the namespace that names this account can be bought, whatever else it says. */
    default Optional<Problem> unknown(String account, String namespace) {
        return Optional.empty();
    }
}
