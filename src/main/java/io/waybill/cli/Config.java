package io.waybill.cli;

import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --config FILE}, the same on every command that needs settings. */
final class Config {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            descriptionKey = "config",
            defaultValue = "config/waybill.properties")
    Path file;

    /** @throws io.waybill.problem.ProblemException {@code missing-settings-file} */
    Settings settings() {
        return Settings.read(file, System.getenv(), Map.of());
    }
}
