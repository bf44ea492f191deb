package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines by which the README adds a customer: fewer than forty, and they do it. */
class ReadmeCustomerTest {
    @TempDir
    Path folder;

    @Test
    void the_lines_of_the_readme_add_a_customer() throws Exception {
        List<String> lines = lines();
        assertThat(lines).hasSizeBetween(20, 39);
        copy("mappings");
        copy("routes");
        copy("config");

        assertThat(run(lines.subList(0, lines.size() - 1))).isZero();
        assertThat(lines.get(lines.size() - 1)).isEqualTo("./waybill map run globex globex.csv && ./waybill check");

        Path config = folder.resolve("config/waybill.properties");
        String settings = Files.readString(config)
                .replace("waybill.data=data", "waybill.data=" + folder + "/data")
                .replace("waybill.routes.dir=routes", "waybill.routes.dir=" + folder + "/routes")
                .replace("waybill.mappings.dir=mappings", "waybill.mappings.dir=" + folder + "/mappings");
        Files.writeString(config, settings);

        CommandRun mapped = CommandRun.of(
                "map",
                "run",
                "globex",
                folder.resolve("globex.csv").toString(),
                "--lang",
                "en",
                "--config",
                config.toString());
        assertThat(mapped.err()).isEmpty();
        assertThat(mapped.out()).contains("\"G-1\"", "\"express\"", "\"US\"", "\"MUG-1\"");

        CommandRun check = CommandRun.of("check", "--lang", "en", "--config", config.toString());
        assertThat(check.err()).isEmpty();
        assertThat(check.code()).isZero();
        assertThat(check.out()).contains("that are not in use").doesNotContain(", globex");
    }

    private static List<String> lines() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("## Add a customer who sends CSV"));
        return section.substring(0, section.indexOf("\n## ", 3))
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(line -> line.substring(4))
                .toList();
    }

    private void copy(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(name))) {
            for (Path file : files.toList()) {
                Path to = folder.resolve(file.toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    private int run(List<String> lines) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-eu", "-c", String.join("\n", lines))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("shell.log").toFile())
                .start();
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return shell.exitValue();
    }
}
