package io.waybill.cli;

import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code warm-up}: a hub with settings of its own, started in a folder and ended. The launcher runs it once a build, so
 * that the Java machine can write down the classes of a start; nothing outside the folder is opened.
 */
@Command(name = "warm-up", hidden = true, mixinStandardHelpOptions = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final String SETTINGS = """
            waybill.data=%s/data
            waybill.routes.dir=%s/routes
            waybill.mappings.dir=%2$s/mappings
            waybill.http.port=0
            waybill.sandbox.start=true
            waybill.sandbox.port=0
            account.sandbox.adapter=sandbox
            """;

    private final HubStarter hub;

    @Parameters(paramLabel = "FOLDER")
    Path folder = Path.of("");

    @Option(names = "--home", defaultValue = "${sys:waybill.home:-.}")
    Path home = Path.of("");

    WarmUpCommand(HubStarter hub) {
        this.hub = hub;
    }

    @Override
    public Integer call() {
        hub.start(Settings.of(SETTINGS.formatted(slashes(folder), slashes(home))))
                .close();
        return 0;
    }

    private static String slashes(Path path) {
        return path.toAbsolutePath().toString().replace('\\', '/');
    }
}
