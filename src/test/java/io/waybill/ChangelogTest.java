package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The changelog names the version of each shipped mapping that is no longer the first. */
class ChangelogTest {
    private static final Pattern NAME = Pattern.compile("(?m)^mapping: *(\\S+)");
    private static final Pattern VERSION = Pattern.compile("(?m)^version: *(\\d+)");
    private static final Pattern OF_ONE_VERSION = Pattern.compile("(?m)^ {2}- (\\d+): ((?:.+\\n(?! *- ))*.+)$");
    private static final Pattern LISTED = Pattern.compile("`([\\w-]+)`");

    @Test
    void every_version_of_a_shipped_mapping_is_listed() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        OF_ONE_VERSION
                .matcher(ProjectPages.all().getOrDefault("CHANGELOG.md", ""))
                .results()
                .forEach(version -> LISTED.matcher(version.group(2))
                        .results()
                        .forEach(name -> listed.put(name.group(1), version.group(1))));

        assertThat(listed).isEqualTo(shipped());
    }

    /** Those that are not at their first version. */
    private static Map<String, String> shipped() throws IOException {
        Map<String, String> versions = new TreeMap<>();
        try (Stream<Path> folders = Files.list(Path.of("mappings"))) {
            for (Path mapping : folders.map(folder -> folder.resolve("mapping.yaml"))
                    .filter(Files::exists)
                    .toList()) {
                String text = Files.readString(mapping);
                versions.put(first(NAME, text), first(VERSION, text));
            }
        }
        versions.values().removeIf("1"::equals);
        return versions;
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .findFirst()
                .map(MatchResult::group)
                .map(line -> line.replaceFirst("^\\w+: *", ""))
                .orElseThrow();
    }
}
