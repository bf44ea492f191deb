package io.waybill.edge;

import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Template;
import io.waybill.edge.RouteFile.Use;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the YAML files of the routes folder before any of them runs, each alone: {@code templates/} first, then {@code
 * sources/} and {@code sinks/}, whose files are named after what they serve. A setting that any of them names, in use or
 * not, counts as read.
 */
final class RouteCheck {
    private static final List<String> KINDS = List.of("templates", "sources", "sinks");

    private final Settings settings;
    private final List<Checked> files = new ArrayList<>();
    private final List<Problem> strays = new ArrayList<>();
    private final Map<String, Template> templates = new TreeMap<>();
    private final Set<String> consumers = new TreeSet<>();

    /**
     * One file.
     *
     * @param name within the routes folder: {@code sinks/acme-oms.yaml}
     * @param off no setting names the source or sink it serves
     * @param content null when it cannot be read
     * @param problems that keep it from running
     * @param warnings that do not
     */
    record Checked(
            Path path,
            String name,
            boolean off,
            @Nullable RouteFile content,
            Set<Problem> problems,
            List<Problem> warnings) {

        /** Keeps it from running. */
        void refuse(int line, Code code, Object... values) {
            problems.add(here(line, code, values));
        }

        /** Does not keep it from running. */
        void warn(int line, Code code, Object... values) {
            warnings.add(here(line, code, values));
        }

        private Problem here(int line, Code code, Object... values) {
            return Problem.of(code, values).with("file", path).with("line", line);
        }
    }

    private RouteCheck(Settings settings) {
        this.settings = settings;
    }

    /**
     * @param mappings the names there are
     * @param facts what is known of those mappings
     * @param schemes whether there is a component for a URI's scheme
     */
    static RouteCheck of(
            Path folder, Settings settings, Set<String> mappings, MappingFacts facts, Predicate<String> schemes) {
        RouteCheck check = new RouteCheck(settings);
        check.read(folder, "templates", null);
        check.read(folder, "sources", settings.section("source").names());
        check.read(folder, "sinks", settings.section("sink").names());
        check.findStrays(folder);
        check.gather();
        RouteRules rules = new RouteRules(
                settings,
                check.templates,
                check.consumers,
                settings.section("sink").names(),
                mappings,
                facts,
                schemes);
        check.files.stream().filter(file -> !file.off()).forEach(rules::check);
        RouteClaims claims = new RouteClaims(settings, facts, check.templates, check.files);
        check.files.stream().filter(file -> !file.off()).forEach(claims::check);
        return check;
    }

    /** Every file, in the order they are to be loaded. */
    List<Checked> files() {
        return files;
    }

    /** Files nobody will read, whoever wrote them meaning that somebody does. */
    List<Problem> strays() {
        return strays;
    }

    /** YAML beside the folders that are read, in others, and in them under another ending. Hidden folders are somebody else's. */
    private void findStrays(Path folder) {
        List<Path> within = entries(
                folder,
                path -> Files.isDirectory(path)
                        && Files.isReadable(path)
                        && !path.getFileName().toString().startsWith("."));
        for (Path each : Stream.concat(Stream.of(folder), within.stream()).toList()) {
            boolean read =
                    !each.equals(folder) && KINDS.contains(each.getFileName().toString());
            entries(
                            each,
                            path -> path.toString().endsWith(".yml")
                                    || (path.toString().endsWith(".yaml") && !read))
                    .forEach(path -> strays.add(Problem.of(RouteCode.ROUTE_NOT_READ, "file", path, "line", 1)));
        }
    }

    private void read(Path folder, String kind, @Nullable Set<String> inUse) {
        for (Path path : entries(folder.resolve(kind), path -> path.toString().endsWith(".yaml"))) {
            String base = String.valueOf(path.getFileName()).replaceFirst("\\.yaml$", "");
            boolean off = inUse != null && !inUse.contains(base);
            Checked file = new Checked(
                    path,
                    folder.relativize(path).toString().replace('\\', '/'),
                    off,
                    null,
                    new java.util.LinkedHashSet<>(),
                    new ArrayList<>());
            files.add(read(file));
        }
    }

    private Checked read(Checked file) {
        try {
            String text = Files.readString(file.path());
            Placeholders.keys(text).forEach(settings::value);
            RouteFile content = RouteFile.read(file.path().toString(), text);
            return new Checked(file.path(), file.name(), file.off(), content, file.problems(), file.warnings());
        } catch (ProblemException e) {
            file.problems().addAll(e.problems());
        } catch (CharacterCodingException e) {
            file.problems()
                    .add(Problem.of(
                            RouteCode.ROUTE_BAD_YAML, "file", file.path(), "line", 1, "why", "it is not UTF-8"));
        } catch (IOException e) {
            file.problems()
                    .add(Problem.of(RouteCode.ROUTE_BAD_YAML, "file", file.path(), "line", 1, "why", e.toString()));
        }
        return file;
    }

    /** What one file may name in another: templates, and where routes start. */
    private void gather() {
        List<RouteFile> inUse = new ArrayList<>();
        for (Checked file : files) {
            if (file.content() != null && !file.off()) {
                inUse.add(file.content());
            }
        }
        inUse.forEach(file -> file.templates().forEach(template -> templates.put(template.id(), template)));
        for (RouteFile file : inUse) {
            file.routes()
                    .forEach(route -> route.from()
                            .forEach(from -> consume(Placeholders.filled(
                                    from.text(), key -> settings.value(key).orElse(null)))));
            file.uses().forEach(this::consume);
        }
    }

    private void consume(Use use) {
        Template template = templates.get(use.template().text());
        if (template != null) {
            Bound bound = new Bound(use, template, settings);
            template.steps().from().forEach(from -> consume(Placeholders.filled(from.text(), bound::value)));
        }
    }

    private void consume(@Nullable String uri) {
        if (uri != null && uri.startsWith("direct:")) {
            consumers.add(RouteRules.directName(uri));
        }
    }

    /** Whether a route that is in use starts at this sink's port. */
    boolean serves(String sink) {
        return consumers.contains("sink." + sink);
    }

    /** What lies in a folder, by name; nothing when there is no such folder. */
    private static List<Path> entries(Path folder, Predicate<Path> which) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(which).sorted(Comparator.naturalOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the placeholders of a template stand for where it is put to use. */
    record Bound(Use use, Template template, Settings settings) {
        @Nullable
        String value(String key) {
            Said given = use.parameters().get(key);
            if (given != null) {
                return Placeholders.filled(
                        given.text(), name -> settings.value(name).orElse(null));
            }
            return template.parameters().containsKey(key)
                    ? template.parameters().get(key)
                    : settings.value(key).orElse(null);
        }
    }
}
