package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the YAML files of the routes folder, each alone: a broken one is told by name and line and hurts no other.
 * {@code templates/} first. A file in {@code sources/} or {@code sinks/} is named after what it serves and is loaded
 * when the settings know that name: {@code sinks/acme-oms.yaml} with {@code sink.acme-oms.*}.
 */
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private Routes() {}

    /**
     * What came of it.
     *
     * @param loaded files whose routes run
     * @param off files whose source or sink no setting names
     */
    public record Loaded(List<String> loaded, List<String> off, List<Problem> problems) {}

    public static Loaded load(CamelContext context, Path folder, Settings settings) {
        Loaded loaded = new Loaded(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        files(folder.resolve("templates")).forEach(file -> load(context, folder, file, loaded));
        for (String kind : List.of("source", "sink")) {
            for (Path file : files(folder.resolve(kind + "s"))) {
                String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
                if (settings.section(kind).names().contains(name)) {
                    load(context, folder, file, loaded);
                } else {
                    loaded.off().add(folder.relativize(file).toString());
                }
            }
        }
        return loaded;
    }

    private static void load(CamelContext context, Path folder, Path file, Loaded loaded) {
        String name = folder.relativize(file).toString();
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.resolveResource(context, "file:" + file));
            loaded.loaded().add(name);
        } catch (Exception e) {
            LOG.debug("{} cannot be loaded", name, e);
            loaded.problems()
                    .add(Problem.of(EdgeCode.ROUTE_BROKEN, "file", name, "why", String.valueOf(e.getMessage())));
        }
    }

    /** The YAML files of a folder by name; none when there is no such folder. */
    static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
