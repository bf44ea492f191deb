package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carriers;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines by which docs/declared.md describes a carrier: they do it. */
class DeclaredPageTest {
    @TempDir
    Path folder;

    @Test
    void the_lines_of_the_page_describe_a_carrier() throws Exception {
        List<String> lines = WalkThrough.lines("docs/declared.md", "Walk through one");
        WalkThrough walk = new WalkThrough(folder);
        assertThat(lines).hasSizeBetween(40, 80);
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo("ACME_POST_TOKEN=secret ./waybill check && ./waybill map check");
        walk.copy("config");
        walk.run(lines.subList(0, lines.size() - 1));
        Path config = config();

        CommandRun mapped = CommandRun.of(
                "map",
                "run",
                "acme-post/order",
                folder.resolve("carriers/acme-post/order/parcel.json").toString(),
                "--lang",
                "en",
                "--config",
                config.toString());
        assertThat(mapped.err()).isEmpty();
        assertThat(mapped.out()).contains("\"N1\"", "\"STD\"", "1200", "\"Jane Roe\"");
        CommandRun tests = CommandRun.of("map", "check", "--lang", "en", "--config", config.toString());
        assertThat(tests.err()).isEmpty();
        assertThat(tests.out()).contains("0 problems", "0 failed");
        Settings settings = Settings.read(config, Map.of("ACME_POST_TOKEN", "secret"), Map.of());
        assertThat(new Carriers().described(folder.resolve("carriers")).problems())
                .isEmpty();
        Accounts accounts = new Accounts(settings.section("account"), new Carriers());
        assertThat(accounts.find("post").orElseThrow().carrierId()).isEqualTo("acme-post");
    }

    private Path config() throws IOException {
        Path config = folder.resolve("config/waybill.properties");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("waybill.mappings.dir=mappings", "waybill.mappings.dir=" + folder + "/mappings")
                        .replace("# waybill.carriers.dir=carriers", "waybill.carriers.dir=" + folder + "/carriers"));
        return config;
    }
}
