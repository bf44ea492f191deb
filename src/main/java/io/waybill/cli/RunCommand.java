package io.waybill.cli;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: the hub, until it is told to stop. */
@Command(name = "run", description = "Runs the hub.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final HubStarter hub;

    @Spec
    CommandSpec spec;

    @Option(names = "--config", description = "the settings file", defaultValue = "config/waybill.properties")
    Path config;

    RunCommand(HubStarter hub) {
        this.hub = hub;
    }

    @Override
    public Integer call() throws InterruptedException {
        HubStarter.Running running;
        try {
            running = hub.start(Settings.read(config, System.getenv(), Map.of()));
        } catch (ProblemException e) {
            e.problems().forEach(problem -> spec.commandLine().getErr().println(problem.sentence(Locale.getDefault())));
            return 1;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
        spec.commandLine().getOut().println("Waybill listens on port " + running.port());
        new CountDownLatch(1).await();
        return 0;
    }
}
