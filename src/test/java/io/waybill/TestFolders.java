package io.waybill;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where tests keep their files and databases: in memory where the machine has plenty of it, because what they wait for is mostly a disk
 * that they say nothing about. {@code -Dtests.onDisk=true} keeps them on the disk, as {@code -Pfaults} does. What a killed run left is
 * deleted by the next.
 */
public final class TestFolders implements TempDirFactory {
    private static final Logger LOG = LoggerFactory.getLogger(TestFolders.class);
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long PLENTY = 8L << 30;
    private static final Path ROOT = root();

    /** A new one, empty, which its caller deletes. */
    public static Path fresh(String prefix) {
        try {
            return Files.createTempDirectory(ROOT, prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) {
        return fresh("junit");
    }

    private static Path root() {
        try {
            Path disk = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
            if (Boolean.getBoolean("tests.onDisk")
                    || !Files.isWritable(MEMORY)
                    || Files.getFileStore(MEMORY).getUsableSpace() < PLENTY) {
                return disk;
            }
            Path all = Files.createDirectories(MEMORY.toRealPath().resolve("waybill-tests"));
            deleteThoseOfDeadRuns(all);
            return Files.createDirectories(
                    all.resolve(String.valueOf(ProcessHandle.current().pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One process at a time: several that begin together would delete the same. */
    private static void deleteThoseOfDeadRuns(Path all) throws IOException {
        try (FileChannel lock = FileChannel.open(all.resolve("lock"), CREATE, WRITE);
                FileLock held = lock.lock();
                Stream<Path> runs = Files.list(all)) {
            for (Path run : runs.filter(TestFolders::isOfADeadRun).toList()) {
                delete(run);
            }
        }
    }

    private static boolean isOfADeadRun(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("\\d+") && ProcessHandle.of(Long.parseLong(name)).isEmpty();
    }

    /** A database that its dead run left may still be writing: the rest is left to the next run. */
    private static void delete(Path run) {
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.info("{} is left for now: {}", run, e.toString());
        }
    }
}
