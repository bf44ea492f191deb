package io.waybill;

import io.waybill.edge.Routes;
import io.waybill.edge.Verbs;
import io.waybill.edge.VerifyVerb;
import io.waybill.intake.Sources;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The sources and the route files, each with the mapping it names. */
record RoutesCheck(Settings settings, MappingsCheck mappings, Gathered found) {
    void run() {
        found.collect(() -> new Sources(settings));
        settings.section("source").names().forEach(this::source);
        found.collect(() -> CamelSetup.pools(settings));
        routes();
    }

    private void source(String name) {
        Section source = settings.section("source." + name);
        source.optional("mapping")
                .ifPresent(mapping ->
                        found.collect(() -> mappings.require(mapping), problem -> source.locate(problem, "mapping")));
        if (!Files.exists(folder().resolve("sources").resolve(name + ".yaml"))) {
            found.facts.add(Problem.of(CheckCode.SOURCE_WITHOUT_ROUTE, "source", name));
        }
    }

    private Path folder() {
        return Path.of(settings.section("waybill").get("routes.dir", "routes"));
    }

    /** Loads every file as the hub does, into a context in which no route ever starts. */
    private void routes() {
        Main camel = CamelSetup.bare();
        try {
            CamelContext context = CamelSetup.of(camel, settings);
            context.setAutoStartup(false);
            Verbs.register(
                    context,
                    settings,
                    new MappingPort(mappings.mappings()),
                    ControlNumbers.NONE,
                    VerifyVerb.Inbox.FORGETFUL);
            context.start();
            Routes.Loaded loaded = Routes.load(context, folder(), settings, mappings.written(), mappings);
            found.problems.addAll(loaded.problems());
            new RefusedRoutes(settings).leaveAside(loaded);
            found.warnings.addAll(loaded.warnings());
            found.facts.addAll(loaded.unused());
        } catch (ProblemException e) {
            found.problems.addAll(e.problems());
            // what only a route reads is not known before the routes are
            Stream.of("source", "sink", "system", "kafka", "datasource", "hub").forEach(settings::leaveAside);
        } finally {
            camel.stop();
        }
    }
}
