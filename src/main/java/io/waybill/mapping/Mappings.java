package io.waybill.mapping;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All mappings of a folder, each {@code <name>/mapping.yaml} read alone: a bad one hides no other. */
public final class Mappings {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final Path directory;
    private final Function<String, @Nullable Target> targets;
    private final Map<String, Mapping> mappings;
    private final List<Problem> problems;

    private Mappings(
            Path directory,
            Function<String, @Nullable Target> targets,
            Map<String, Mapping> mappings,
            List<Problem> problems) {
        this.directory = directory;
        this.targets = targets;
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
            try {
                Mapping mapping = fromFile(folder, targets);
                mappings.put(mapping.name(), mapping);
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        return new Mappings(directory, targets, mappings, problems);
    }

    /**
     * The same under a record of versions: a number means one text for ever. Where the file's text is another or does not
     * compile, the version that served last goes on.
     */
    public Mappings under(Versions versions) {
        Serving serving = new Serving(versions, kept -> compile(kept.name(), kept.text()));
        Map<String, Mapping> serve = new TreeMap<>();
        for (Path folder : folders(directory)) {
            String name = String.valueOf(folder.getFileName());
            Mapping own = mappings.get(name);
            Mapping chosen = own == null ? serving.instead(name) : serving.of(own);
            if (chosen != null) {
                serve.put(name, chosen);
            }
        }
        List<Problem> all = new ArrayList<>(problems);
        all.addAll(serving.problems());
        return new Mappings(directory, targets, serve, all);
    }

    /** Puts every version that serves on record: call it before the first document is taken in. */
    public void record(Versions versions) {
        versions.serve(mappings.values().stream()
                .map(mapping ->
                        new Versions.Version(mapping.name(), mapping.version(), mapping.sha256(), mapping.text()))
                .toList());
    }

    /**
     * Puts every version on record under {@code <owner>/<name>}, where no older text may serve instead.
     *
     * @throws ProblemException with every mapping whose number means another text
     */
    public void record(String owner, Versions versions) {
        List<Versions.Version> all = new ArrayList<>();
        List<Problem> reused = new ArrayList<>();
        for (Mapping mapping : mappings.values()) {
            String name = owner + "/" + mapping.name();
            all.add(new Versions.Version(name, mapping.version(), mapping.sha256(), mapping.text()));
            versions.find(name, mapping.version())
                    .filter(known -> !known.sha256().equals(mapping.sha256()))
                    .ifPresent(known -> reused.add(Serving.reused(mapping, known)
                            .with("file", directory.resolve(mapping.file()))
                            .with("mapping", name)));
        }
        if (!reused.isEmpty()) {
            throw new ProblemException(reused);
        }
        versions.serve(all);
    }

    /**
     * Compiles another text of a mapping, with the lookups of its folder and without its tests: an older version from the
     * record, or one being tried.
     *
     * @throws ProblemException with everything that is wrong with it
     */
    public Mapping compile(String name, String text) {
        return new MappingReader(directory.resolve(plain(name)), name + "/mapping.yaml", text, targets, false).read();
    }

    /**
     * The mapping as its file stands at this moment, whichever version serves.
     *
     * @throws ProblemException with everything that is wrong with it
     */
    public Mapping fromFile(String name) {
        return fromFile(directory.resolve(plain(name)), targets);
    }

    private static Mapping fromFile(Path folder, Function<String, @Nullable Target> targets) {
        String shown = folder.getFileName() + "/mapping.yaml";
        try {
            return new MappingReader(folder, shown, Files.readString(folder.resolve("mapping.yaml")), targets, true)
                    .read();
        } catch (CharacterCodingException e) {
            throw new ProblemException(
                    Problem.of(MappingCode.BAD_YAML, "file", shown, "line", 1, "reason", "it is not UTF-8"), e);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(MappingCode.MISSING_FILE, "file", shown, "line", 1, "path", shown), e);
        }
    }

    private static String plain(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(
                    Problem.of(MappingCode.UNKNOWN_MAPPING, "mapping", Masked.brief(name), "nearest", "-"));
        }
        return name;
    }

    /**
     * The mapping of this name.
     *
     * @throws ProblemException {@code UNKNOWN_MAPPING}, naming the nearest
     */
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

    /** Names of the mappings that serve, in order. */
    public Set<String> names() {
        return mappings.keySet();
    }

    /**
     * What a hub that serves this version of a mapping would say of the file: its number means another text.
     *
     * @param sha256 of the text that serves, in hex
     */
    public Optional<Problem> reused(String name, int version, String sha256) {
        return Optional.ofNullable(mappings.get(name))
                .filter(file -> file.version() == version && !file.sha256().equals(sha256))
                .map(file -> Serving.reused(file, new Versions.Version(name, version, sha256, "")));
    }

    /** Everything that is wrong with the mappings' files, each with file and line. */
    public List<Problem> problems() {
        return problems;
    }

    /** What is wrong with the file of one mapping, and with its lookups as their files stand now. */
    public List<Problem> problems(String name) {
        Mapping mapping = mappings.get(name);
        return Stream.concat(
                        problems.stream()
                                .filter(problem -> problem.values()
                                        .getOrDefault("file", "")
                                        .startsWith(name + "/")),
                        mapping == null ? Stream.of() : mapping.problems().stream())
                .toList();
    }

    /** Reads tables of lookups whose files have changed and stand still; a file is known to stand still at the second look at it. */
    public void lookAtLookups() {
        mappings.values().forEach(Mapping::lookAtLookups);
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
