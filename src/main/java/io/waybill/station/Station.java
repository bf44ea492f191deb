package io.waybill.station;

import java.util.Optional;
import java.util.Set;

/**
 * One printer by its name.
 *
 * @param format what it prints; empty when it prints labels as they were bought
 * @param namespaces whose labels; none is everybody's
 */
public record Station(String name, Optional<String> format, Set<String> namespaces, String where, Printer printer) {
    /** Whether labels of this namespace are printed here. */
    public boolean serves(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
