package io.waybill.faults;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened to a hub, counted. */
final class Troubles {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    long kills() {
        return counts.getOrDefault("kills", 0L);
    }

    Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** {@code 12 kills, 3 pauses}. */
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
