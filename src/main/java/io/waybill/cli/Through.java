package io.waybill.cli;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.intake.Sources;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code [--mapping M] [--source S]}: what maps the documents of a file, and whose defaults fill them. */
final class Through {
    @Option(names = "--mapping", paramLabel = "NAME", descriptionKey = "file.mapping")
    @Nullable
    String mapping;

    @Option(names = "--source", paramLabel = "NAME", descriptionKey = "file.source", defaultValue = Sources.LOCAL)
    String source = Sources.LOCAL;

    /**
     * The mapping named, else the source's; null when its documents are canonical.
     *
     * @throws ProblemException with its own problems when it does not compile
     */
    @Nullable
    Mapping mapping(Mappings mappings, Sources sources) {
        String name = mapping == null ? sources.get(source).mapping() : mapping;
        if (name == null) {
            return null;
        }
        List<Problem> own = mappings.problems().stream()
                .filter(problem -> problem.values().getOrDefault("file", "").startsWith(name + "/"))
                .toList();
        if (!own.isEmpty()) {
            throw new ProblemException(own);
        }
        return mappings.get(name);
    }

    static Sources sources(Settings settings) {
        return new Sources(settings);
    }

    /**
     * A folder can be opened as a file is, and breaks off when it is read; a pipe has nothing left for whoever opens it again.
     *
     * @throws ProblemException {@code file-unreadable}, {@code file-is-a-pipe}
     */
    static void requireFile(Path file) {
        requireReadable(file);
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(Problem.of(CommandCode.FILE_IS_A_PIPE, "file", file));
        }
    }

    /** @throws ProblemException {@code file-unreadable} */
    static void requireReadable(Path file) {
        if (Files.isDirectory(file) || !Files.isReadable(file)) {
            throw new ProblemException(Problem.of(CommandCode.FILE_UNREADABLE, "file", file));
        }
    }

    /** The documents of a file, as the mapping reads them; without one, JSON or NDJSON of orders. */
    static DocumentReader open(Path file, @Nullable Mapping through) {
        requireFile(file);
        try {
            var in = Files.newInputStream(file);
            if (through != null) {
                return through.open(in, file.toString());
            }
            boolean lines = file.toString().toLowerCase(Locale.ROOT).endsWith(".ndjson");
            return Formats.open(in, file.toString(), Reading.of(lines ? Format.NDJSON : Format.JSON));
        } catch (IOException e) {
            throw new ProblemException(Problem.of(CommandCode.FILE_UNREADABLE, "file", file), e);
        }
    }

    /**
     * The same for a file that may not fit: what is wrong with its header is told, and it is read all the same.
     *
     * @throws ProblemException when it has no beginning
     */
    static DocumentReader openAnyway(Path file, @Nullable Mapping through, Consumer<List<Problem>> told) {
        try {
            return open(file, through);
        } catch (ProblemException e) {
            if (through == null || !Files.isRegularFile(file)) {
                throw e;
            }
            try {
                DocumentReader reader =
                        Formats.open(Files.newInputStream(file), file.toString(), through.reads(file.toString()));
                told.accept(e.problems());
                return reader;
            } catch (IOException unreadable) {
                throw new ProblemException(Problem.of(CommandCode.FILE_UNREADABLE, "file", file), unreadable);
            }
        }
    }

    /** Every document, one after another; where the file can be read no further, that is told. */
    static void each(DocumentReader reader, Consumer<Document> take, Consumer<List<Problem>> told) {
        try {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                take.accept(next);
            }
        } catch (ProblemException e) {
            told.accept(e.problems());
        }
    }
}
