package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What routes/README.md tells whoever writes a route is there, and what is there it tells. */
class RoutesPageTest {
    private static final Pattern PORT = Pattern.compile("direct:([a-z][a-z-]*)`");

    @TempDir
    Path folder;

    @Test
    void a_route_may_hand_over_to_every_port_that_is_told_of() throws IOException {
        String page = Files.readString(Path.of("routes/README.md"));
        Set<String> ports = PORT.matcher(page.substring(page.indexOf("## The ports")))
                .results()
                .map(port -> port.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Files.createDirectories(folder.resolve("sources"));

        for (String port : ports) {
            Files.writeString(
                    folder.resolve("sources/good.yaml"),
                    "- from:\n    uri: direct:good\n    steps:\n      - to: direct:" + port + "\n");
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.start();
                Settings settings = Settings.of("source.good.namespace=acme\n");
                assertThat(Routes.load(context, folder, settings, Set.of()).problems())
                        .as(port)
                        .isEmpty();
            }
        }
        assertThat(ports).containsExactlyInAnyOrderElementsOf(RouteRules.PORTS);
    }

    @Test
    void every_verb_is_told_of() throws IOException {
        String page = Files.readString(Path.of("routes/README.md"));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Verbs.register(context, Settings.of(""), (mapping, json) -> json, null, VerifyVerb.Inbox.FORGETFUL);

            assertThat(context.getComponentNames())
                    .filteredOn(name -> name.startsWith("waybill-"))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(verb -> assertThat(page).contains("`" + verb + ":"));
        }
    }

    @Test
    void every_file_that_ships_is_named_in_a_page() throws IOException {
        StringBuilder pages = new StringBuilder(Files.readString(Path.of("routes/README.md")));
        for (Path page : files("docs", ".md")) {
            pages.append(Files.readString(page));
        }
        for (String kind : List.of("sources", "sinks")) {
            assertThat(files("routes/" + kind, ".yaml"))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(pages.toString()).contains(kind + "/" + file.getFileName()));
        }
    }

    private static List<Path> files(String folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
