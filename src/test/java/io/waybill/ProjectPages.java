package io.waybill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What this project tells people who read: pages, the settings file, the alerts; and the answers of the hub. */
public final class ProjectPages {
    private ProjectPages() {}

    /** Every page, by its path, and the settings file; of the changelog what is not released yet, for the rest tells of times gone by. */
    public static Map<String, String> all() {
        Map<String, String> texts = read(
                path -> path.endsWith(".md"),
                ".",
                "docs",
                "mappings",
                "routes",
                "rates",
                "carriers",
                "bench",
                "config");
        texts.computeIfPresent("CHANGELOG.md", (path, text) -> text.split("\n# ", 2)[0]);
        return texts;
    }

    /** The texts the hub answers and its pages show, in both languages, and what its alerts say. */
    public static Map<String, String> answers() {
        return read(
                path -> path.matches(".*/(messages|portal)_..\\.properties|docs/monitoring/alerts.yaml"),
                "src/main/resources",
                "docs");
    }

    private interface Wanted {
        boolean is(String path);
    }

    private static Map<String, String> read(Wanted wanted, String... folders) {
        Map<String, String> texts = new TreeMap<>();
        for (String folder : folders) {
            int deep = folder.equals(".") ? 1 : 3;
            try (Stream<Path> files = Files.walk(Path.of(folder), deep)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String path = Path.of(".")
                            .relativize(Path.of(".").resolve(file).normalize())
                            .toString();
                    if (wanted.is(path) || path.equals("config/waybill.properties")) {
                        texts.put(path, Files.readString(file));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}
