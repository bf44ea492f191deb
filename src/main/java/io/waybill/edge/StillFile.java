package io.waybill.edge;

import io.waybill.batch.IncomingFile;
import io.waybill.batch.IncomingFile.Original;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileExclusiveReadLockStrategy;
import org.apache.camel.component.file.GenericFileOperations;

/**
 * When a file of a folder is read: when it lies still for {@code readLockMinAge}, an empty one later, once. Nothing is laid beside it that
 * could outlive a hub; who reads a folder is a duty of one node. What is no file, such as a link or a pipe, is handed over once, to be
 * refused by its name, and passed over from then on.
 */
final class StillFile implements GenericFileExclusiveReadLockStrategy<File> {
    /** As routes name it. */
    static final String NAME = "waybill-still";

    private static final String FOUND = "waybillFoundStill";

    /** A file that has to lie longer is looked at again with the next look at its folder. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

    private static final int MOST_TOLD = 1_000;

    private final Stillness files;
    private final Set<Path> told = ConcurrentHashMap.newKeySet();

    StillFile() {
        this(new Stillness());
    }

    StillFile(Stillness files) {
        this.files = files;
    }

    @Override
    public boolean acquireExclusiveReadLock(
            GenericFileOperations<File> folder, GenericFile<File> file, Exchange exchange) {
        if (!IncomingFile.isFile(file.getFile().toPath())) {
            return isNews(file.getFile().toPath());
        }
        Duration still = still(exchange);
        long listed = System.nanoTime()
                - TimeUnit.MILLISECONDS.toNanos(exchange.getClock().elapsed());
        long left = files.left(file.getAbsoluteFilePath(), file.getFileLength(), file.getLastModified(), listed, still);
        if (left > LONGEST || (left > 0 && file.getFileLength() == 0)) {
            return false;
        }
        LockSupport.parkNanos(left - (System.nanoTime() - listed));
        File lies = file.getFile();
        Original now = new Original(lies.toPath(), lies.length(), lies.lastModified());
        exchange.setProperty(FOUND, now);
        return files.left(file.getAbsoluteFilePath(), now.size(), now.modified(), System.nanoTime(), still) == 0;
    }

    /** The file as it lay still, which is all that may be read of it; empty where a route watches its folder in another way. */
    static Optional<Original> found(Exchange exchange, Path path) {
        return Optional.ofNullable(exchange.getProperty(FOUND, Original.class))
                .filter(found -> found.path().equals(path));
    }

    /** Whether there is something, and nobody was told yet. */
    private boolean isNews(Path path) {
        if (told.size() >= MOST_TOLD) {
            told.clear();
        }
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && told.add(path);
    }

    private static Duration still(Exchange exchange) {
        return Duration.ofMillis(((GenericFileEndpoint<?>) exchange.getFromEndpoint()).getReadLockMinAge());
    }

    @Override
    public void releaseExclusiveReadLockOnCommit(
            GenericFileOperations<File> folder, GenericFile<File> file, Exchange exchange) {
        files.read(file.getAbsoluteFilePath(), file.getFileLength(), file.getLastModified());
    }

    @Override
    public void releaseExclusiveReadLockOnAbort(
            GenericFileOperations<File> folder, GenericFile<File> file, Exchange exchange) {
        // it is looked at again
    }

    @Override
    public void releaseExclusiveReadLockOnRollback(
            GenericFileOperations<File> folder, GenericFile<File> file, Exchange exchange) {
        // it stays, and is read again
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<File> folder, GenericFileEndpoint<File> endpoint) {
        // nothing is left behind that would have to go
    }

    @Override
    public void setTimeout(long timeout) {
        // waits as long as the route says
    }

    @Override
    public void setCheckInterval(long interval) {
        // looks twice
    }

    @Override
    public void setReadLockLoggingLevel(LoggingLevel level) {
        // says nothing
    }

    @Override
    public void setMarkerFiler(boolean marker) {
        // there is none
    }

    @Override
    public void setDeleteOrphanLockFiles(boolean orphans) {
        // there are none
    }
}
