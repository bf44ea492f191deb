package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What a route says to a port, as exchange properties. */
final class PortProperties {
    /** All that any port reads. */
    static final List<String> NAMES = List.of(
            "source",
            "mapping",
            "format",
            "fileName",
            "channel",
            "identity",
            "keyColumn",
            "account",
            "carrier",
            "currency");

    private PortProperties() {}

    /** Null where it says nothing, or nothing but blanks. */
    static @Nullable String text(Exchange exchange, String name) {
        String value = exchange.getProperty(name, String.class);
        return value == null || value.isBlank() ? null : value;
    }

    /** @throws ProblemException {@code missing-property} where it does not say it */
    static String required(Exchange exchange, String port, String name) {
        String value = text(exchange, name);
        if (value == null) {
            throw new ProblemException(Problem.of(
                    PortCode.MISSING_PROPERTY, "port", port, "name", name, "route", exchange.getFromRouteId()));
        }
        return value;
    }
}
