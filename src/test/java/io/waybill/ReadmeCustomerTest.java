package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines by which the README adds a customer: fewer than forty, and they do it. */
class ReadmeCustomerTest {
    @TempDir
    Path folder;

    @Test
    void the_lines_of_the_readme_add_a_customer() throws Exception {
        List<String> lines = WalkThrough.lines("README.md", "Add a customer who sends CSV");
        WalkThrough walk = new WalkThrough(folder);
        assertThat(lines).hasSizeBetween(20, 39);
        walk.copy("mappings");
        walk.copy("routes");
        walk.copy("config");

        walk.run(lines.subList(0, lines.size() - 1));
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
}
