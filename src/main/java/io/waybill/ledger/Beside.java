package io.waybill.ledger;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the embedded database on a copy in a folder beside it, which takes its place in one step. H2 commits each statement of a step of
 * the schema by itself: whatever ends the process or the step on the way, the database is as it was, and the next start begins anew.
 */
final class Beside {
    private static final Logger LOG = LoggerFactory.getLogger(Beside.class);

    private Beside() {}

    /**
     * Nobody else opens the database meanwhile; it must not be open here.
     *
     * @param change leaves the copy changed and closed
     * @throws ProblemException {@code ledger-in-use} where another has opened it
     * @throws IOException where it cannot be copied: the disk needs as much room again as the database takes, and is asked before
     */
    static void change(Database database, Consumer<Database> change) throws IOException {
        Path present = database.file().toRealPath();
        try (FileChannel channel = FileChannel.open(present, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) { // until the channel is closed
                throw inUse(present);
            }
            change(channel, present, change);
        } catch (OverlappingFileLockException inThisProcess) {
            throw inUse(present);
        }
    }

    private static void change(FileChannel locked, Path present, Consumer<Database> change) throws IOException {
        try (BesideFolder own = BesideFolder.make(present, BesideFolder.UPGRADING)) {
            requireRoom(locked.size(), own.path());
            Path copy = copy(locked, own.path());
            OwnerOnly.give(copy, present);
            LOG.info("The database is brought up on a copy, {}, which takes its place when that is done", copy);
            change.accept(Database.embedded(own.path()));
            replace(locked, copy, present);
        }
    }

    /** A copy that finds out only when the disk is full has taken the room of all others on it. Some disks of a network say 0 whatever they have. */
    private static void requireRoom(long bytes, Path own) throws IOException {
        long free = Files.getFileStore(own).getUsableSpace();
        if (free > 0 && free < bytes) {
            throw new IOException(
                    "its copy takes " + bytes + " bytes, and the disk of " + own + " has " + free + " free");
        }
    }

    /** Through the channel that has the lock: another on the same file would end it as it closes. */
    private static Path copy(FileChannel present, Path own) throws IOException {
        Path copy = Database.file(own);
        OwnerOnly.file(copy);
        try (FileChannel to = FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = 0, size = present.size(); at < size; ) {
                at += present.transferTo(at, size - at, to);
            }
        }
        return copy;
    }

    private static void replace(FileChannel locked, Path copy, Path present) throws IOException {
        try {
            BackupFile.publish(copy, present);
        } catch (AccessDeniedException windows) { // which replaces no file that is open
            locked.close();
            BackupFile.publish(copy, present);
        }
    }

    static ProblemException inUse(Path present) {
        return new ProblemException(Problem.of(LedgerCode.LEDGER_IN_USE, "url", present));
    }
}
