package io.waybill.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Mappings beside other engines, in one process and in turns, by the processor time of the thread: others on the machine make a
 * turn longer, not dearer. The best turn of each counts.
 */
final class MappingTable {
    private static final int TURNS = 24;
    private static final int COLD = 8;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private MappingTable() {}

    /** @param which {@code trees}, {@code rows} or {@code slow} */
    static void run(String which) throws IOException {
        switch (which) {
            case "trees" -> measure("one order of three lines, tree to tree", new TreeWorks().works(), 20_000, 1);
            case "slow" -> measure("the same", new TreeWorks().slow(), 5, 1);
            default -> rows();
        }
    }

    private static void rows() {
        measure("a row of 12 cells, bytes to order", new RowsWorks().works(), 1, RowsWorks.ROWS);
    }

    private static void measure(String title, Map<String, Runnable> works, int calls, int each) {
        Map<String, Double> best = new HashMap<>();
        for (int turn = 0; turn < TURNS; turn++) {
            for (Map.Entry<String, Runnable> work : works.entrySet()) {
                double micros = micros(work.getValue(), calls) / each;
                if (turn >= COLD) {
                    best.merge(work.getKey(), micros, Math::min);
                }
            }
        }
        String first = works.keySet().iterator().next();
        System.out.printf("%n| %s | µs of processor | times as fast as %s |%n|---|---|---|%n", title, first);
        works.keySet()
                .forEach(name -> System.out.printf(
                        Locale.ROOT, "| %s | %.2f | %.2f |%n", name, best.get(name), best.get(first) / best.get(name)));
    }

    private static double micros(Runnable work, int calls) {
        long from = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < calls; i++) {
            work.run();
        }
        return (THREADS.getCurrentThreadCpuTime() - from) / 1000.0 / calls;
    }
}
