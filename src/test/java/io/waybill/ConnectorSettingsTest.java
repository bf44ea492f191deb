package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings a connector's page tells to set are all it takes beside the files that ship: a check finds nothing wrong. */
class ConnectorSettingsTest {
    private static final Path PAGES = Path.of("docs/connectors");
    private static final Pattern SETTING = Pattern.compile("(?m)^ {4,}([a-z]+\\.[\\w.-]+)=(.*)$");
    private static final Pattern SECRET = Pattern.compile("env:(\\w+)");

    private static final String HOST_KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

    /** Which the page tells to copy, and from what. */
    private static final Map<String, String> COPIES = Map.of(
            "sources/acme-amazon-all", "acme-amazon",
            "sinks/acme-netsuite-journal", "acme-netsuite");

    @TempDir
    Path folder;

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files
                    .filter(page -> !List.of("README.md", "new-shop.md")
                            .contains(page.getFileName().toString()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void what_a_page_tells_to_set_is_all_it_takes(Path page) throws IOException {
        Map<String, String> set = new LinkedHashMap<>();
        SETTING.matcher(Files.readString(page))
                .results()
                .forEach(line -> set.putIfAbsent(line.group(1), line.group(2)));
        set.keySet().removeIf(key -> key.startsWith("system.acme-sftp.tls."));
        assertThat(set).hasSizeGreaterThan(5);
        StringBuilder settings = new StringBuilder(Files.readString(Path.of("config/waybill.properties"))
                .replace("waybill.routes.dir=routes", "waybill.routes.dir=" + routes())
                .replace("waybill.data=data", "waybill.data=" + folder.resolve("data")));
        Map<String, String> environment = new LinkedHashMap<>();
        for (Map.Entry<String, String> line : set.entrySet()) {
            SECRET.matcher(line.getValue()).results().forEach(secret -> environment.put(secret.group(1), secret()));
            settings.append('\n').append(line.getKey()).append('=').append(here(line.getValue()));
        }

        assertThat(new HubCheck(Settings.of(settings.toString(), environment))
                        .run()
                        .problems())
                .extracting(problem -> problem.sentence(Locale.ENGLISH))
                .isEmpty();
    }

    /** A folder of another machine is one here; a broker is one whose name is known, a host key one that could be. */
    private String here(String value) throws IOException {
        if (!value.startsWith("/")) {
            return value.replaceAll("kafka-\\d", "127.0.0.1").replace("AAAA…", HOST_KEY);
        }
        return Files.createDirectories(folder.resolve(value.substring(1))).toString();
    }

    private static String secret() {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    }

    private Path routes() throws IOException {
        Path routes = folder.resolve("routes");
        try (Stream<Path> all = Files.walk(Path.of("routes"))) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(each.toString());
                Files.createDirectories(copy.getParent());
                Files.copy(each, copy);
            }
        }
        for (Map.Entry<String, String> copy : COPIES.entrySet()) {
            Path to = routes.resolve(copy.getKey() + ".yaml");
            String name = to.getFileName().toString().replace(".yaml", "");
            String text = Files.readString(to.resolveSibling(copy.getValue() + ".yaml"));
            Files.writeString(to, text.replaceAll("\\b" + copy.getValue() + "(?=[^a-z0-9-]|$)", name));
        }
        return routes;
    }
}
