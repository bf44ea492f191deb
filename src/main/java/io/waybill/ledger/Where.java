package io.waybill.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What rows of a search must be: all of these conditions, in this order, each with its own values. What is not searched for is no condition. */
final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private Namespaces scope = Namespaces.ALL;

    /** @param column that holds a row's namespace */
    Where in(Namespaces seen, String column) {
        scope = seen;
        return and(seen.condition(column));
    }

    Where and(String condition) {
        conditions.add(condition);
        return this;
    }

    /** @param value of the parameter the condition asks for; without one there is no such condition */
    Where and(String condition, String parameter, @Nullable String value) {
        return value == null ? this : and(condition, Map.of(parameter, value));
    }

    Where and(String condition, String parameter, @Nullable Instant value) {
        return value == null ? this : and(condition, Map.of(parameter, value.atOffset(ZoneOffset.UTC)));
    }

    Where and(String condition, Map<String, ?> parameters) {
        values.putAll(parameters);
        return and(condition);
    }

    /**
     * @param select up to its {@code WHERE}
     * @param rest behind the conditions; values of its own are to be bound
     */
    Query query(Handle handle, String select, String rest) {
        return scope.filter(handle.createQuery(select + " WHERE " + String.join(" AND ", conditions) + rest))
                .bindMap(values);
    }
}
