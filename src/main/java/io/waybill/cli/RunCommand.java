package io.waybill.cli;

import io.waybill.settings.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}: the hub, until it is told to stop. */
@Command(name = "run", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final Wiring hub;
    private final Terminal terminal;

    @Mixin
    Config config;

    RunCommand(Wiring hub, Terminal terminal) {
        this.hub = hub;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = config.settings();
        Optional<Path> begun = hub.newDatabase(settings);
        HubStarter.Running running = hub.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
        begun.ifPresent(folder -> terminal.note("database.begun", "folder", folder));
        HubStarter.Edges edges = running.edges();
        terminal.tell(edges.problems());
        terminal.say("run.edges", "loaded", edges.loaded(), "off", edges.off(), "refused", edges.refused());
        terminal.say(
                "run.ready",
                "address",
                running.address(),
                "millis",
                sinceStart().toMillis());
        new CountDownLatch(1).await();
        return 0;
    }

    /** How long this Java machine runs, by its own clock: what the system says of a process's start may be a second off. */
    private static Duration sinceStart() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
