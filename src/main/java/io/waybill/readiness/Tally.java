package io.waybill.readiness;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts words, at most so many of them; the rest are counted together. */
final class Tally {
    private final int most;
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private long others;

    Tally(int most) {
        this.most = most;
    }

    void add(String word) {
        add(word, 1);
    }

    void add(String word, long times) {
        if (counts.containsKey(word) || counts.size() < most) {
            counts.merge(word, times, Long::sum);
        } else {
            others += times;
        }
    }

    long of(String word) {
        return counts.getOrDefault(word, 0L);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum() + others;
    }

    /** Whether there were more words than are counted one by one. */
    boolean overflowed() {
        return others > 0;
    }

    Set<String> words() {
        return Collections.unmodifiableSet(counts.keySet());
    }

    /** Most first. */
    List<Map.Entry<String, Long>> sorted() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }
}
