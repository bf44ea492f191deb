package io.waybill.carrier.declared;

import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.DescribedCarriers;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Nearest;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The descriptions of a folder, each {@code <name>/carrier.yaml} read alone: a bad one hides no other. */
record Descriptions(Path folder) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final String FILE = "carrier.yaml";

    /**
     * One of them.
     *
     * @throws ProblemException when there is none of this name, and with everything that is wrong with it
     */
    Description get(String name) {
        List<String> known = names();
        if (!NAME.matcher(name).matches() || !known.contains(name)) {
            throw new ProblemException(Problem.of(
                    DeclaredCode.DECLARED_CARRIER_UNKNOWN,
                    "name",
                    name,
                    "folder",
                    folder,
                    "nearest",
                    Nearest.to(name, known)));
        }
        Mappings mappings = mappings(name);
        List<Problem> problems = new ArrayList<>();
        mappings.problems().forEach(problem -> problems.add(within(name, problem)));
        Description description = null;
        try {
            description = read(name, mappings);
        } catch (ProblemException e) {
            e.problems().forEach(problem -> problems.add(0, below(problem)));
        }
        if (description == null || !problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return description;
    }

    /** All of them, with what is wrong. */
    DescribedCarriers.Read all() {
        Map<String, CarrierFacts> carriers = new TreeMap<>();
        Map<String, Mappings> mappings = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String name : names()) {
            mappings.put(name, mappings(name));
            try {
                carriers.put(name, Capabilities.facts(get(name)));
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        return new DescribedCarriers.Read(carriers, mappings, problems);
    }

    private Description read(String name, Mappings mappings) {
        Path own = folder.resolve(name);
        try {
            String text = Files.readString(own.resolve(FILE));
            return new DescriptionReader(name, text, mappings, new TablesReader(name, own)).read();
        } catch (IOException e) {
            String shown = name + "/" + FILE;
            throw new ProblemException(
                    Problem.of(MappingCode.MISSING_FILE, "file", shown, "line", 1, "path", shown), e);
        }
    }

    private Mappings mappings(String name) {
        return Mappings.load(folder.resolve(name), Shapes::of);
    }

    /** A mapping's file as a person can open it. */
    private Problem within(String name, Problem problem) {
        return problem.with(
                "file", folder.resolve(name).resolve(problem.values().getOrDefault("file", "")));
    }

    private Problem below(Problem problem) {
        return problem.with("file", folder.resolve(problem.values().getOrDefault("file", "")));
    }

    private List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(FILE)))
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(MappingCode.MISSING_FILE, "file", folder, "line", 1, "path", folder), e);
        }
    }
}
