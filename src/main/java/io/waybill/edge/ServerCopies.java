package io.waybill.edge;

import io.waybill.text.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.camel.component.file.GenericFile;
import org.jspecify.annotations.Nullable;

/** Where files of servers lie while they are taken in, and no longer: what was taken in lies in the archive. Safe for many threads. */
final class ServerCopies {
    private final Path work;
    private boolean swept;

    ServerCopies(Path work) {
        this.work = work;
    }

    /** A folder of its own for each endpoint: two of one source may have files of the same name. */
    Path folder(String source, String endpoint) {
        return work.resolve("server-" + source + "-" + Sha256.of(endpoint).substring(0, 12));
    }

    /** Removes what a hub left that was stopped in the middle of a file; once, before anything is fetched. */
    synchronized void sweep() {
        if (swept || !Files.isDirectory(work)) {
            swept = true;
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(work, "server-*")) {
            for (Path folder : folders) {
                remove(folder);
            }
            swept = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** Nothing reads the copy of a file any more, be it whole or not; null where nothing was fetched. */
    static void discard(@Nullable GenericFile<?> file) {
        if (file == null || !(file.getBody() instanceof File copy)) {
            return;
        }
        try {
            Files.deleteIfExists(copy.toPath());
            Files.deleteIfExists(copy.toPath().resolveSibling(copy.getName() + ".inprogress"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
