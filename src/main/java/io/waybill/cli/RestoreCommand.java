package io.waybill.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code restore FILE}, {@code restore --mark} for PostgreSQL, {@code restore --done} when all is well again. */
@Command(name = "restore", mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    Config config;

    @Parameters(paramLabel = "FILE", arity = "0..1", descriptionKey = "backup")
    @Nullable
    Path backup;

    @Option(names = "--force", descriptionKey = "force")
    boolean force;

    @Option(names = "--mark", descriptionKey = "mark")
    boolean mark;

    @Option(names = "--done", descriptionKey = "done")
    boolean done;

    RestoreCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int asked = (backup != null && !mark ? 1 : 0) + (mark ? 1 : 0) + (done ? 1 : 0);
        if (asked != 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    terminal.text(asked == 0 ? "usage.choose" : "usage.one", "what", "FILE, --mark, --done"));
        }
        if (done) {
            return new DeskCall(wiring, terminal, config)
                    .make(
                            "post",
                            "/admin/restore/done",
                            answer -> terminal.say(
                                    "restore.done",
                                    "released",
                                    answer.path("released").asInt()));
        }
        if (mark) {
            wiring.markRestored(
                    config.settings(),
                    backup == null ? "-" : backup.getFileName().toString());
            terminal.say("restore.marked");
            if (backup != null && !Files.exists(backup)) {
                terminal.say("restore.by-name", "file", backup);
            }
            return 0;
        }
        Path file = Objects.requireNonNull(backup);
        Through.requireFile(file);
        Wiring.Restored restored = wiring.restore(config.settings(), file, force);
        restored.aside().ifPresent(kept -> terminal.say("restore.aside", "file", kept));
        if (restored.aside().isEmpty()) {
            terminal.say("restore.begun", "folder", restored.folder());
        }
        terminal.say("restore.restored", "file", file, "folder", restored.folder());
        return 0;
    }
}
