package io.waybill.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the mapping measurements and prints them side by side: a second of another machine is not one of this, a ratio is. */
final class MappingTable {
    private MappingTable() {}

    /** @param words names of classes or methods to be measured; none means all */
    static void run(List<String> words) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        (words.isEmpty() ? List.of("TreeJmh", "RowsJmh", "MappingJmh") : words).forEach(options::include);
        Map<String, Double> micros = micros(new Runner(options.build()).run());
        System.out.println("| | µs | times as fast |\n|---|---|---|");
        micros.forEach((name, each) -> System.out.printf(
                Locale.ROOT, "| %s | %.2f | %s |%n", name, each, ratio(micros.get(baseline(name)), each)));
    }

    private static Map<String, Double> micros(Collection<RunResult> results) {
        Map<String, Double> micros = new TreeMap<>();
        results.forEach(result -> micros.put(
                result.getParams().getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1"),
                result.getPrimaryResult().getScore()));
        return micros;
    }

    private static String baseline(String name) {
        return name.startsWith("TreeJmh") ? "TreeJmh.jslt" : name.startsWith("RowsJmh") ? "RowsJmh.fastcsv_alone" : "";
    }

    private static String ratio(Double baseline, double each) {
        return baseline == null ? "" : String.format(Locale.ROOT, "%.2f", baseline / each);
    }
}
