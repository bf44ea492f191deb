package io.waybill.bench;

import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Target;
import io.waybill.order.Orders;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;

/** The mappings that are only measured. */
final class Measured {
    private Measured() {}

    static Mapping mapping(String name) {
        Orders orders = new Orders();
        Mappings mappings = Mappings.load(
                Path.of("bench/mappings"),
                target -> target.equals("order/1") ? Target.of(target, orders.schema(target)) : null);
        if (!mappings.problems().isEmpty()) {
            throw new ProblemException(mappings.problems());
        }
        return mappings.get(name);
    }
}
