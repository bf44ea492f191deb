package io.waybill.mapping;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All mappings of a folder, each {@code <name>/mapping.yaml} read alone: a bad one hides no other. */
public final class Mappings {
    private final Map<String, Mapping> mappings;
    private final List<Problem> problems;

    private Mappings(Map<String, Mapping> mappings, List<Problem> problems) {
        this.mappings = Collections.unmodifiableMap(mappings);
        this.problems = List.copyOf(problems);
    }

    /**
     * Compiles every mapping of the folder; a folder that is not there holds none.
     *
     * @param targets the target of a name in {@code writes}, or null when there is none; {@code free} is never asked for
     */
    public static Mappings load(Path directory, Function<String, @Nullable Target> targets) {
        Map<String, Mapping> mappings = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Path folder : folders(directory)) {
            String shown = folder.getFileName() + "/mapping.yaml";
            try {
                String text = Files.readString(folder.resolve("mapping.yaml"));
                Mapping mapping = new MappingReader(folder, shown, text, targets).read();
                mappings.put(mapping.name(), mapping);
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            } catch (IOException e) {
                problems.add(Problem.of(MappingCode.MISSING_FILE, "file", shown, "line", 1, "path", shown));
            }
        }
        return new Mappings(mappings, problems);
    }

    /**
     * Compiles another text of a mapping, with the lookups of its folder: an older version from the record, or one being
     * tried.
     *
     * @throws ProblemException with everything that is wrong with it
     */
    public static Mapping compile(
            Path directory, String name, String text, Function<String, @Nullable Target> targets) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new ProblemException(
                    Problem.of(MappingCode.UNKNOWN_MAPPING, "mapping", Masked.brief(name), "nearest", "-"));
        }
        return new MappingReader(directory.resolve(name), name + "/mapping.yaml", text, targets).read();
    }

    /** The mapping of this name. @throws ProblemException {@code UNKNOWN_MAPPING}, naming the nearest */
    public Mapping get(String name) {
        Mapping mapping = mappings.get(name);
        if (mapping == null) {
            throw new ProblemException(Problem.of(
                    MappingCode.UNKNOWN_MAPPING,
                    "mapping",
                    Masked.brief(name),
                    "known",
                    String.join(", ", mappings.keySet()),
                    "nearest",
                    Nearest.to(name, mappings.keySet())));
        }
        return mapping;
    }

    /** Names of the mappings that compiled, in order. */
    public Set<String> names() {
        return mappings.keySet();
    }

    /** Everything that is wrong with the mappings that did not compile, each with file and line. */
    public List<Problem> problems() {
        return problems;
    }

    private static List<Path> folders(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory)
                    .filter(folder -> !folder.endsWith("lookups"))
                    .filter(folder -> !String.valueOf(folder.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(MappingCode.MISSING_FILE, "file", directory, "line", 1, "path", directory), e);
        }
    }
}
