package io.waybill;

import io.waybill.edge.MappingFacts;
import io.waybill.format.Format;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The mappings as a hub would load them. One that does not compile is told by itself, and held against nobody who names it. */
record MappingsCheck(Mappings mappings, Path folder) implements MappingFacts {
    static MappingsCheck read(Settings settings) {
        return new MappingsCheck(Written.mappings(settings, new Orders()), Written.mappingsIn(settings));
    }

    List<Problem> problems() {
        return mappings.problems().stream().map(this::inFolder).toList();
    }

    /** Mappings name their file within their folder; a person wants to open it. */
    Problem inFolder(Problem problem) {
        String file = problem.values().getOrDefault("file", "");
        return Files.exists(folder.resolve(file)) ? problem.with("file", folder.resolve(file)) : problem;
    }

    /** @throws ProblemException {@code unknown-mapping} */
    void require(String name) {
        if (!written().contains(name)) {
            mappings.get(name);
        }
    }

    /** The names of all: a route whose mapping does not compile is not asked whether another was meant. */
    Set<String> written() {
        Set<String> names = new TreeSet<>(mappings.names());
        mappings.problems().stream()
                .map(problem -> problem.values().getOrDefault("file", "").split("/", 2))
                .filter(path -> path.length == 2)
                .forEach(path -> names.add(path[0]));
        return names;
    }

    /** Of one that does not compile nothing is known. */
    @Override
    public Map<String, String> members(String name) {
        return known(name).map(Mapping::members).orElse(Map.of());
    }

    @Override
    public List<String> columns(String name) {
        return known(name).map(Mapping::columns).orElse(List.of());
    }

    @Override
    public List<Problem> unfit(String name, List<String> columns) {
        return known(name).map(mapping -> mapping.unfit(columns)).orElse(List.of());
    }

    @Override
    public Optional<Format> reads(String name) {
        return known(name).map(mapping -> mapping.reads().format());
    }

    @Override
    public List<String> formats(String name) {
        return known(name).map(Mapping::formats).orElse(Format.words());
    }

    private Optional<Mapping> known(String name) {
        return mappings.names().contains(name) && mappings.problems(name).isEmpty()
                ? Optional.of(mappings.get(name))
                : Optional.empty();
    }
}
