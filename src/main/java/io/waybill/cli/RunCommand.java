package io.waybill.cli;

import io.waybill.problem.Messages;
import io.waybill.settings.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}: the hub, until it is told to stop. */
@Command(name = "run", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

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
        HubStarter.Edges edges = running.edges();
        if (hub.isLogJson()) {
            begun.ifPresent(folder -> log("database.begun", "folder", folder));
            log("run.edges", edges(edges)); // whose problems are in the log
            log("run.ready", ready(running));
        } else {
            begun.ifPresent(folder -> terminal.note("database.begun", "folder", folder));
            terminal.tell(edges.problems());
            terminal.say("run.edges", edges(edges));
            terminal.say("run.ready", ready(running));
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private static void log(String key, Object... namesAndValues) {
        LOG.info("{}", Messages.in(Locale.ENGLISH).text(key, namesAndValues));
    }

    private static Object[] edges(HubStarter.Edges edges) {
        return new Object[] {"loaded", edges.loaded(), "off", edges.off(), "refused", edges.refused()};
    }

    private static Object[] ready(HubStarter.Running running) {
        return new Object[] {
            "address", running.address(), "millis", sinceStart().toMillis()
        };
    }

    /** How long this Java machine runs, by its own clock: what the system says of a process's start may be a second off. */
    private static Duration sinceStart() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
