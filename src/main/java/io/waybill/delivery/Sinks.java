package io.waybill.delivery;

import io.waybill.ledger.Reason;
import io.waybill.ledger.Room;
import io.waybill.ledger.Stage;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The configured sinks, and which events each of them takes. */
public final class Sinks implements Subscriptions {
    private final List<SinkSettings> sinks;
    private final Map<String, Set<Stage>> stages;
    private volatile Map<Stage, Set<String>> off = Map.of();
    private volatile Function<String, Optional<Room>> lines = sink -> Optional.empty();

    private Sinks(List<SinkSettings> sinks, Map<String, Set<Stage>> stages) {
        this.sinks = List.copyOf(sinks);
        this.stages = Map.copyOf(stages);
        follow(Arrays.stream(Stage.values()).collect(Collectors.toMap(stage -> stage, this::off)));
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
            collect(problems, () -> sinks.add(all.section(name).whole(sink -> SinkSettings.read(name, sink))));
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
        return isOn(namespace, type) ? takers(namespace, type) : List.of();
    }

    /** The same, whatever stages are on. */
    public List<String> takers(String namespace, String type) {
        return sinks.stream()
                .filter(sink -> sink.takes(namespace, type))
                .map(SinkSettings::name)
                .toList();
    }

    @Override
    public Optional<Room> room(String sink) {
        return lines.apply(sink);
    }

    /** From now on events may be handed to these, by a sink's name. */
    void handTo(Function<String, Optional<Room>> lines) {
        this.lines = lines;
    }

    /** False for what belongs to tracking where a namespace has not switched that on. */
    @Override
    public boolean opens(String namespace, Reason reason) {
        return Stage.of(reason).map(stage -> isOn(namespace, stage)).orElse(true);
    }

    @Override
    public Set<String> off(Stage stage) {
        return stages.entrySet().stream()
                .filter(entry -> !entry.getValue().contains(stage))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** From now on these are off, and no other: what people switched counts more than the settings. */
    public void follow(Map<Stage, Set<String>> off) {
        this.off = Map.copyOf(off);
    }

    List<SinkSettings> all() {
        return sinks;
    }

    private boolean isOn(String namespace, String type) {
        return Stage.BY_EVENT.containsKey(type)
                && Stage.BY_EVENT.get(type).map(stage -> isOn(namespace, stage)).orElse(true);
    }

    private boolean isOn(String namespace, Stage stage) {
        return !off.getOrDefault(stage, Set.of()).contains(namespace);
    }

    private static Set<Stage> stages(Section namespace) {
        List<String> words = namespace.list("stages", word -> Stage.read(word).isPresent(), Stage.words());
        Set<Stage> on = EnumSet.noneOf(Stage.class);
        words.forEach(word -> Stage.read(word).ifPresent(on::add));
        return words.isEmpty() ? EnumSet.allOf(Stage.class) : on;
    }

    private static void collect(List<Problem> problems, Runnable read) {
        try {
            read.run();
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
    }
}
