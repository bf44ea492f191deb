package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the YAML files of the routes folder, each alone: a broken one is told by name and line and hurts no other.
 * {@code templates/} first. A file in {@code sources/} or {@code sinks/} is named after what it serves and is loaded
 * when the settings know that name: {@code sinks/acme-oms.yaml} with {@code sink.acme-oms.*}.
 */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final Pattern LINE = Pattern.compile("(?:line |Line: ?|\\.yaml:)(\\d+)");

    private Routes() {}

    /**
     * What came of it. Files are named as they stand in the routes folder.
     *
     * @param loaded files whose routes run
     * @param off files whose source or sink no setting names
     * @param problems why each of the others was refused
     * @param warnings on files that run all the same, and one on each that nobody reads
     */
    public record Loaded(List<String> loaded, List<String> off, List<Problem> problems, List<Problem> warnings) {
        /** What may be told of the files that are off: a sentence for each folder of them. */
        public List<Problem> unused() {
            return Stream.of("source", "sink")
                    .map(kind -> unused(kind, kind + "s/"))
                    .flatMap(Optional::stream)
                    .toList();
        }

        private Optional<Problem> unused(String kind, String folder) {
            String names = off.stream()
                    .filter(file -> file.startsWith(folder))
                    .map(file -> file.substring(folder.length()).replaceFirst("\\.yaml$", ""))
                    .collect(Collectors.joining(", "));
            return names.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Problem.of(RouteCode.ROUTE_OFF, "folder", folder, "kind", kind, "names", names));
        }

        /** How many files were refused. */
        public long refused() {
            return problems.stream()
                    .map(problem -> problem.values().get("file"))
                    .filter(file -> file != null && file.endsWith(".yaml"))
                    .distinct()
                    .count();
        }
    }

    /**
     * Loads what can be loaded into a started context; in one without auto start-up nothing flows.
     *
     * @param mappings the names of the mappings there are
     */
    public static Loaded load(CamelContext context, Path folder, Settings settings, Set<String> mappings) {
        return load(context, folder, settings, mappings, MappingFacts.NONE);
    }

    /** @param facts what is known of those mappings */
    public static Loaded load(
            CamelContext context, Path folder, Settings settings, Set<String> mappings, MappingFacts facts) {
        RouteCheck check = RouteCheck.of(folder, settings, mappings, facts, scheme -> hasComponent(context, scheme));
        Loaded loaded = new Loaded(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        loaded.warnings().addAll(check.strays());
        for (RouteCheck.Checked file : check.files()) {
            loaded.problems().addAll(file.problems());
            loaded.warnings().addAll(file.warnings());
            if (file.off()) {
                loaded.off().add(file.name());
            } else if (file.problems().isEmpty()) {
                load(context, file, loaded);
            }
        }
        for (String sink : settings.section("sink").names()) {
            if (!check.serves(sink)) {
                loaded.problems()
                        .add(settings.section("sink." + sink)
                                .locate(Problem.of(EdgeCode.SINK_WITHOUT_ROUTE, "sink", sink), "namespaces"));
            }
        }
        return loaded;
    }

    private static void load(CamelContext context, RouteCheck.Checked file, Loaded loaded) {
        try {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveResource(context, "file:" + file.path()));
            loaded.loaded().add(file.name());
        } catch (Exception e) {
            LOG.debug("{} cannot be loaded", file.name(), e);
            String why = why(e);
            Matcher line = LINE.matcher(why);
            ProblemException known = ObjectHelper.getException(ProblemException.class, e);
            loaded.problems()
                    .add(Problem.of(
                            EdgeCode.ROUTE_BROKEN,
                            "file",
                            file.path(),
                            "line",
                            line.find() ? line.group(1) : "1",
                            "why",
                            known == null ? why : String.valueOf(known.getMessage())));
        }
    }

    /** What the first cause says, on one line: what stands around it repeats it in Camel's own words. */
    private static String why(Throwable thrown) {
        String why = thrown.toString();
        for (Throwable now = thrown; now != null; now = now.getCause()) {
            why = now.getMessage() == null ? why : now.getMessage();
        }
        return why.replaceAll("\\s+", " ");
    }

    private static boolean hasComponent(CamelContext context, String scheme) {
        String resource = "META-INF/services/org/apache/camel/component/" + scheme;
        return context.hasComponent(scheme) != null
                || (scheme.matches("[A-Za-z0-9.+-]+")
                        && context.getClassResolver().loadResourceAsURL(resource) != null);
    }
}
