package io.waybill;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archived files and their receipts hold many orders each; they go as a whole, by their age. One that cannot be deleted is
 * logged each time, and keeps no other.
 */
record OldFiles(Path files) {
    private static final Logger LOG = LoggerFactory.getLogger(OldFiles.class);

    /** @return how many went */
    int forget(Instant until) {
        Visitor visitor = new Visitor(until);
        for (String folder : List.of("archive", "failed", "uploads")) {
            Path archive = files.resolve(folder);
            if (Files.isDirectory(archive)) {
                visitor.walk(archive);
            }
        }
        return visitor.gone;
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Instant until;
        private int gone;

        Visitor(Instant until) {
            this.until = until;
        }

        void walk(Path folder) {
            try {
                Files.walkFileTree(folder.toRealPath(), this);
            } catch (IOException e) {
                stays(folder, e);
            }
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                    && attributes.lastModifiedTime().toInstant().isBefore(until)) {
                delete(file);
            }
            return FileVisitResult.CONTINUE;
        }

        private void delete(Path file) {
            try {
                Files.delete(file);
                gone++;
            } catch (IOException e) {
                stays(file, e);
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            stays(file, e);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            if (e != null) {
                stays(folder, e);
            }
            return FileVisitResult.CONTINUE;
        }

        private static void stays(Path file, IOException e) {
            if (!(e instanceof NoSuchFileException)) {
                LOG.warn("{} was kept long enough and cannot be deleted: {}", file, e.toString());
            }
        }
    }
}
