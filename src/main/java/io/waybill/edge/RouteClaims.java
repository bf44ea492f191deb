package io.waybill.edge;

import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Start;
import io.waybill.edge.RouteFile.Steps;
import io.waybill.edge.RouteFile.Template;
import io.waybill.edge.RouteFile.Use;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What each route file has for itself: the ids of its routes, which begin with its own name, the source it hands over as, and the
 * folder it watches. Of two that claim the same the later is refused; Camel would put its route in the place of the other, and two
 * that watch one folder take each other's files.
 */
final class RouteClaims {
    private static final String EVERY_FILE = ".*";

    /** Options of Camel's that leave files of a folder to others, beside {@code include}. */
    private static final Set<String> NARROWING =
            Set.of("antInclude", "antExclude", "includeExt", "excludeExt", "exclude", "fileName", "filter");

    private final Settings settings;
    private final Map<String, Template> templates;
    private final Map<String, Claim> ids = new HashMap<>();
    private final Map<String, Claim> folders = new HashMap<>();
    private final Map<String, RouteCheck.Checked> rightful = new HashMap<>();
    private final LaidAnswers answers;

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
        this.templates = templates;
        files.stream().filter(file -> !file.off()).forEach(file -> rightful.put(owner(file), file));
        this.answers = new LaidAnswers(settings, facts, rightful);
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
        answers.check(file, line, folder, mine.include());
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
    static @Nullable String folder(@Nullable String place) {
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
    static String owner(RouteCheck.Checked file) {
        return file.name().replaceFirst("s/", ".").replaceFirst("\\.yaml$", "");
    }

    private @Nullable String setting(String key) {
        return settings.value(key).orElse(null);
    }
}
