package io.waybill.edge;

import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Start;
import io.waybill.edge.RouteFile.Steps;
import io.waybill.edge.RouteFile.Template;
import io.waybill.edge.RouteFile.Use;
import io.waybill.format.Format;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each route file has for itself: the ids of its routes, which begin with its own name, the source it hands over as, and the
 * folder it watches. Of two that claim the same the later is refused; Camel would put its route in the place of the other, and two
 * that watch one folder take each other's files.
 */
final class RouteClaims {
    private static final String EVERY_FILE = ".*";

    /** How acknowledgements end that are laid where {@code acknowledgeTo} says. */
    private static final Map<String, Format> ACKNOWLEDGEMENTS = Map.of(
            "997.edi",
            Format.X12,
            "contrl.edi",
            Format.EDIFACT,
            "aleaud.idoc",
            Format.IDOC_FLAT,
            "aleaud.xml",
            Format.XML);

    /** What a pattern is made of beside the letters that a name must have. */
    private static final Pattern NO_LETTERS = Pattern.compile("\\\\.|\\(\\?\\w+\\)|\\{[^}]*}|\\[[^]]*]|[^\\w-]");

    /** Options of Camel's that leave files of a folder to others, beside {@code include}. */
    private static final Set<String> NARROWING =
            Set.of("antInclude", "antExclude", "includeExt", "excludeExt", "exclude", "fileName", "filter");

    private final Settings settings;
    private final MappingFacts facts;
    private final Map<String, Template> templates;
    private final Map<String, Claim> ids = new HashMap<>();
    private final Map<String, Claim> folders = new HashMap<>();
    private final Map<String, RouteCheck.Checked> rightful = new HashMap<>();

    /** Who had it first, and of a folder which of its files. */
    private record Claim(Path file, int line, String include) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /** @param files all there are; those that are not in use claim nothing */
    RouteClaims(
            Settings settings, MappingFacts facts, Map<String, Template> templates, List<RouteCheck.Checked> files) {
        this.settings = settings;
        this.facts = facts;
        this.templates = templates;
        files.stream().filter(file -> !file.off()).forEach(file -> rightful.put(owner(file), file));
    }

    /** Adds what is wrong to the file's own problems; to be asked of the files in the order they are loaded. */
    void check(RouteCheck.Checked file) {
        RouteFile content = file.content();
        if (content == null) {
            return;
        }
        content.templates()
                .forEach(template -> claim(file, "template " + template.id(), template.id(), template.line()));
        content.routes().forEach(route -> {
            id(file, route.id());
            own(file, route, this::setting, Said::line, Start::line);
        });
        content.uses().forEach(use -> use(file, use));
    }

    private void use(RouteCheck.Checked file, Use use) {
        id(file, use.id());
        Template template = templates.get(use.template().text());
        if (template != null) {
            RouteCheck.Bound bound = new RouteCheck.Bound(use, template, settings);
            own(
                    file,
                    template.steps(),
                    bound::value,
                    said -> use.lineOf(said.text()),
                    start -> use.lineOf(place(start)));
        }
    }

    private void id(RouteCheck.Checked file, @Nullable Said said) {
        String id = said == null ? null : Placeholders.filled(said.text(), this::setting);
        if (id == null || said == null || file.name().startsWith("templates/")) {
            return;
        }
        String own = owner(file);
        RouteCheck.Checked other = rightful.get(id);
        if (id.equals(own) || id.startsWith(own + ".")) {
            claim(file, id, id, said.line());
        } else if (other != null) {
            file.refuse(said.line(), RouteCode.ROUTE_ID_TAKEN, "id", id, "other", other.path());
        } else {
            file.refuse(said.line(), RouteCode.ROUTE_ID_FOREIGN, "id", id, "own", own);
        }
    }

    private void claim(RouteCheck.Checked file, String key, String id, int line) {
        Claim first = ids.putIfAbsent(key, new Claim(file.path(), line, ""));
        if (first != null) {
            file.refuse(line, RouteCode.ROUTE_ID_TAKEN, "id", id, "other", first);
        }
    }

    /** Where it hands over, as whom; and, if all else is well, from which folder. */
    private void own(
            RouteCheck.Checked file,
            Steps steps,
            Function<String, @Nullable String> values,
            ToIntFunction<Said> line,
            ToIntFunction<Start> startLine) {
        if (!file.name().startsWith("sources/") || steps.sources().isEmpty()) {
            return;
        }
        String own = owner(file);
        for (Said said : steps.sources()) {
            String source = Placeholders.filled(said.text(), values);
            if (source != null && !own.equals("source." + source)) {
                file.refuse(line.applyAsInt(said), RouteCode.ROUTE_OF_ANOTHER, "source", source, "own", own);
            }
        }
        if (file.problems().isEmpty()) {
            steps.starts().forEach(start -> watch(file, start, values, startLine.applyAsInt(start)));
        }
    }

    private void watch(RouteCheck.Checked file, Start start, Function<String, @Nullable String> values, int line) {
        String folder = folder(Placeholders.filled(place(start), values));
        if (folder == null || isNarrowed(start)) {
            return;
        }
        String include = Placeholders.filled(start.parameters().getOrDefault("include", EVERY_FILE), values);
        Claim mine = new Claim(file.path(), line, include == null ? EVERY_FILE : asGiven(include));
        answers(file, folder, mine);
        Claim first = folders.putIfAbsent(folder, mine);
        if (first == null) {
            return;
        }
        if (first.include().equals(mine.include())) {
            file.refuse(line, RouteCode.ROUTE_FOLDER_TAKEN, "folder", folder, "other", first);
        } else if (first.include().equals(EVERY_FILE) || mine.include().equals(EVERY_FILE)) {
            file.warn(line, RouteCode.ROUTE_FOLDER_SHARED, "folder", folder, "other", first);
        }
    }

    /** Each read as a file of orders would be answered by another of its kind, without end. */
    private void answers(RouteCheck.Checked file, String folder, Claim claim) {
        for (String source : settings.section("source").names()) {
            Set<Format> formats = formats(source);
            Set<Format> likely = formats.isEmpty() ? Set.of(Format.values()) : formats;
            List<String> names = new ArrayList<>(List.of("orders"));
            if (owner(file).equals("source." + source)) {
                names.addAll(letters(claim.include()));
            }
            answers(file, folder, claim, "source." + source + ".returnTo", names, returned(formats), returned(likely));
            List<String> acknowledged = acknowledged(likely);
            answers(file, folder, claim, "source." + source + ".acknowledgeTo", names, acknowledged, acknowledged);
        }
    }

    /**
     * @param names of files as they may be handed over
     * @param sure how those end that are laid there
     * @param likely how those may end
     */
    private void answers(
            RouteCheck.Checked file,
            String folder,
            Claim claim,
            String key,
            List<String> names,
            List<String> sure,
            List<String> likely) {
        boolean laidHere = settings.value(key)
                .filter(answers -> folder.equals(folder("file:" + answers)))
                .isPresent();
        if (laidHere && takes(claim.include(), names, sure)) {
            file.refuse(claim.line(), RouteCode.ROUTE_READS_ANSWERS, "folder", folder, "key", key);
        } else if (laidHere && takes(claim.include(), names, likely)) {
            file.warn(claim.line(), RouteCode.ROUTE_READS_ANSWERS, "folder", folder, "key", key);
        }
    }

    private static List<String> returned(Set<Format> formats) {
        return Stream.concat(Stream.of("receipt.csv"), formats.stream().map(format -> "quarantine." + format.ending()))
                .toList();
    }

    private static List<String> acknowledged(Set<Format> formats) {
        return ACKNOWLEDGEMENTS.entrySet().stream()
                .filter(end -> formats.contains(end.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Those of the files of a source, as its route or its mappings say; none where that is not known. */
    private Set<Format> formats(String source) {
        RouteCheck.Checked file = rightful.get("source." + source);
        Set<Format> formats = EnumSet.noneOf(Format.class);
        Set<String> mappings = new HashSet<>();
        settings.value("source." + source + ".mapping").ifPresent(mappings::add);
        if (file != null && file.content() != null) {
            for (Use use : file.content().uses()) {
                said(new GivenParameters(settings, file, use), formats, mappings);
            }
        }
        for (String mapping : mappings) {
            Optional<Format> read = facts.reads(mapping);
            if (read.isEmpty()) {
                return Set.of();
            }
            formats.add(read.get());
        }
        return formats;
    }

    /** A format goes before what the mapping reads. */
    private static void said(GivenParameters given, Set<Format> formats, Set<String> mappings) {
        Optional<Format> format = Optional.ofNullable(given.value("format")).flatMap(Format::read);
        format.ifPresent(formats::add);
        Optional.ofNullable(given.value("mapping"))
                .filter(mapping -> format.isEmpty() && !mapping.isBlank())
                .ifPresent(mappings::add);
    }

    /** The letters that the files must have in their names, each alone and all of them. */
    private static List<String> letters(String include) {
        List<String> words = Stream.of(
                        NO_LETTERS.matcher(include).replaceAll(" ").strip().split(" +"))
                .filter(word -> !word.isEmpty())
                .toList();
        return Stream.concat(words.stream(), Stream.of(String.join("-", words))).toList();
    }

    /** The names of answers begin with the day and the document, and go on with the whole name of the file. */
    private static boolean takes(String include, List<String> names, List<String> ends) {
        try {
            Pattern taken = Pattern.compile("(?s)" + include, Pattern.CASE_INSENSITIVE);
            return names.stream()
                    .flatMap(name -> ends.stream()
                            .flatMap(end ->
                                    Stream.of(name + "." + end, name + end.replaceFirst(".*\\.", ".") + "." + end)))
                    .anyMatch(name ->
                            taken.matcher("20261124-9f86d081884c-" + name).matches());
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** What part of its folder it takes is said in a way that is not compared here. */
    private static boolean isNarrowed(Start start) {
        return start.uri().contains("?") || start.parameters().keySet().stream().anyMatch(NARROWING::contains);
    }

    /** What is watched, as the route writes it: {@code file:/data/in}, {@code waybill-server:acme/out}. */
    private static String place(Start start) {
        Map<String, String> parameters = start.parameters();
        String more = parameters.getOrDefault("directoryName", parameters.getOrDefault("folder", ""));
        return start.uri() + (start.uri().equals("file") ? ":" : more.isEmpty() ? "" : "/") + more;
    }

    /** One name for one folder; null for what is none. */
    private static @Nullable String folder(@Nullable String place) {
        String plain = place == null ? "" : plain(place).replaceFirst("\\?.*$", "");
        if (plain.startsWith("waybill-server:")) {
            return plain;
        }
        if (!plain.startsWith("file:")) {
            return null;
        }
        try {
            return real(
                    Path.of(plain.substring("file:".length())).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static String real(Path folder) {
        try {
            return folder.toRealPath().toString();
        } catch (IOException e) {
            return folder.toString();
        }
    }

    /** Without the flag that the shipped templates set before it. */
    private static String asGiven(String include) {
        return plain(include).replaceFirst("^\\(\\?s\\)", "");
    }

    private static String plain(String text) {
        return text.replaceAll("RAW\\(([^)]*)\\)", "$1");
    }

    /** {@code source.acme} of {@code sources/acme.yaml}. */
    private static String owner(RouteCheck.Checked file) {
        return file.name().replaceFirst("s/", ".").replaceFirst("\\.yaml$", "");
    }

    private @Nullable String setting(String key) {
        return settings.value(key).orElse(null);
    }
}
