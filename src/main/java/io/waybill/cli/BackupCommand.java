package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Words;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backup}: a backup now, by the hub that runs or without one. */
@Command(name = "backup", mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config;

    @Option(names = "--to", paramLabel = "FILE", descriptionKey = "to")
    @Nullable
    Path to;

    BackupCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (to != null && Files.exists(to)) {
            throw new ProblemException(Problem.of(CommandCode.FILE_PRESENT, "file", to));
        }
        return new DeskCall(wiring, terminal, config).make("post", "/admin/backups", this::show);
    }

    private void show(JsonNode made) {
        Path file = Path.of(made.path("file").asText());
        terminal.say(
                "backup.made",
                "file",
                to == null ? file : copied(file, to),
                "bytes",
                made.path("bytes").asLong(),
                "millis",
                made.path("millis").asLong());
    }

    /** The hub writes only where its settings say; the copy is this command's. */
    private static Path copied(Path made, Path to) {
        try {
            return Files.copy(made, to);
        } catch (FileAlreadyExistsException e) {
            throw new ProblemException(Problem.of(CommandCode.FILE_PRESENT, "file", to), e);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(CommandCode.BACKUP_NOT_COPIED, "made", made, "to", to, "why", Words.of(e)), e);
        }
    }
}
