package io.waybill.delivery;

import io.waybill.ledger.Reason;
import io.waybill.ledger.Subscriptions;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The configured sinks, and which events each of them takes. */
public final class Sinks implements Subscriptions {
    private final List<SinkSettings> sinks;
    private final Map<String, Set<Stage>> stages;

    private Sinks(List<SinkSettings> sinks, Map<String, Set<Stage>> stages) {
        this.sinks = List.copyOf(sinks);
        this.stages = Map.copyOf(stages);
    }

    /**
     * Reads {@code sink.<name>.*} and {@code namespace.<ns>.stages}.
     *
     * @throws ProblemException with every problem of every sink
     */
    public static Sinks read(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        List<SinkSettings> sinks = new ArrayList<>();
        Map<String, Set<Stage>> stages = new HashMap<>();
        Section all = settings.section("sink");
        for (String name : all.names()) {
            collect(problems, () -> sinks.add(SinkSettings.read(name, all.section(name))));
        }
        Section namespaces = settings.section("namespace");
        for (String namespace : namespaces.names()) {
            collect(problems, () -> stages.put(namespace, stages(namespaces.section(namespace))));
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new Sinks(sinks, stages);
    }

    /** The sinks' names; each needs a route from {@code direct:sink.<name>}. */
    public List<String> names() {
        return sinks.stream().map(SinkSettings::name).toList();
    }

    @Override
    public List<String> sinks(String namespace, String type) {
        return isOn(namespace, type)
                ? sinks.stream()
                        .filter(sink -> sink.takes(namespace, type))
                        .map(SinkSettings::name)
                        .toList()
                : List.of();
    }

    /** False for what belongs to tracking where a namespace has not switched that on. */
    @Override
    public boolean opens(String namespace, Reason reason) {
        return !Stage.OF_TRACKING.contains(reason) || on(namespace).contains(Stage.TRACKING);
    }

    List<SinkSettings> all() {
        return sinks;
    }

    private boolean isOn(String namespace, String type) {
        Set<Stage> on = on(namespace);
        return Stage.BY_EVENT.containsKey(type)
                && Stage.BY_EVENT.get(type).map(on::contains).orElse(true);
    }

    private Set<Stage> on(String namespace) {
        return stages.getOrDefault(namespace, EnumSet.allOf(Stage.class));
    }

    private static Set<Stage> stages(Section namespace) {
        List<String> words = namespace.list("stages");
        Set<Stage> on = EnumSet.noneOf(Stage.class);
        for (String word : words) {
            on.add(Arrays.stream(Stage.values())
                    .filter(stage -> stage.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> namespace.bad("stages", word, known())));
        }
        return words.isEmpty() ? EnumSet.allOf(Stage.class) : on;
    }

    private static String known() {
        return Arrays.stream(Stage.values()).map(Stage::word).collect(Collectors.joining(", "));
    }

    private static void collect(List<Problem> problems, Runnable read) {
        try {
            read.run();
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
    }
}
