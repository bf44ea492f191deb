package io.waybill.ledger;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The namespaces a caller may see, written into every query; told and kept in the order of the alphabet. */
public record Namespaces(boolean all, Set<String> names) {
    public static final Namespaces ALL = new Namespaces(true, Set.of());

    public static Namespaces of(Set<String> names) {
        return new Namespaces(false, Collections.unmodifiableSet(new TreeSet<>(names)));
    }

    public boolean has(String namespace) {
        return all || names.contains(namespace);
    }

    /** Whether nothing another one sees is hidden from this one. */
    public boolean covers(Namespaces other) {
        return all || (!other.all && names.containsAll(other.names));
    }

    /** The one, where an act on them stands in the audit log; null where they are several or all: then it is everybody's. */
    public @Nullable String only() {
        return names.size() == 1 ? names.iterator().next() : null;
    }

    String condition(String column) {
        if (all) {
            return "TRUE";
        }
        return names.isEmpty() ? "FALSE" : column + " IN (<namespaces>)";
    }

    Query filter(Query query) {
        return all || names.isEmpty() ? query : query.bindList("namespaces", names);
    }
}
