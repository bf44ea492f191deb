package io.waybill.ledger;

import io.waybill.settings.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder beside the embedded database in which a whole other one is made that is to take its place: that database names people too. It is
 * locked while it is in use, so that nobody takes it for one that a killed process left.
 */
record BesideFolder(Path path, FileChannel lock) implements AutoCloseable {
    /** Of a database that is brought up. */
    static final String UPGRADING = "upgrading";

    /** Of a backup that is put back. */
    static final String RESTORING = "restoring";

    private static final Logger LOG = LoggerFactory.getLogger(BesideFolder.class);

    /** A new one, for this user alone, which goes when it is closed. */
    static BesideFolder make(Path present, String name) throws IOException {
        Path folder = OwnerOnly.folder(present.resolveSibling(Ids.next(prefix(present, name))));
        FileChannel lock = FileChannel.open(lockOf(folder), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        return new BesideFolder(folder, lock);
    }

    /** Where a link leads to, that is where a database is. */
    static Path real(Path database) throws IOException {
        return Files.exists(database) ? database.toRealPath() : database;
    }

    /** What was begun for this database by processes that were killed. What this user may not remove stays, and is told in the log. */
    static void clear(Path database) {
        try {
            Path present = real(database);
            for (String name : List.of(UPGRADING, RESTORING)) {
                try (DirectoryStream<Path> left =
                        Files.newDirectoryStream(present.resolveSibling(""), prefix(present, name) + "_*")) {
                    left.forEach(BesideFolder::removeUnused);
                }
            }
        } catch (IOException | DirectoryIteratorException unseen) {
            LOG.warn("what killed starts and restores left beside {} cannot be seen: {}", database, unseen.toString());
        }
    }

    /** What cannot be removed now is by the next start: what was made here has taken its place, or failed for a reason of its own. */
    @Override
    public void close() {
        try {
            lock.close();
            remove(path);
        } catch (IOException | UncheckedIOException stays) {
            told(path, stays);
        }
    }

    /** By the name of its database, as a folder may hold several. */
    private static String prefix(Path present, String name) {
        return present.getFileName() + "." + name;
    }

    private static Path lockOf(Path folder) {
        return folder.resolve("lock");
    }

    private static void removeUnused(Path folder) {
        try {
            if (!isInUse(folder)) {
                remove(folder);
            }
        } catch (IOException | UncheckedIOException stays) {
            told(folder, stays);
        }
    }

    private static void told(Path folder, Exception why) {
        LOG.warn(
                "{} holds a copy of a database and cannot be removed ({}): remove it once no start and no restore is at work",
                folder,
                why.toString());
    }

    private static boolean isInUse(Path folder) throws IOException {
        if (!Files.exists(lockOf(folder))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockOf(folder), StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
