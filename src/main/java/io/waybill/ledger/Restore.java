package io.waybill.ledger;

import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Puts the embedded database back from a backup. It is unpacked, opened, migrated and marked as restored beside the
 * present one, and takes its place in one step; what was there is kept under another name.
 */
public final class Restore {

    private Restore() {}

    /**
     * Puts a backup in place; no hub may run on the folder.
     *
     * @param force replaces a database that is there
     * @return where the replaced database is kept, or empty when there was none
     * @throws ProblemException {@code backup-unreadable}, {@code backup-of-a-newer-hub}, {@code database-present},
     *     {@code ledger-in-use}; the present database is untouched then
     */
    public static Optional<Path> into(Path folder, Path backup, boolean force, String actor) {
        try {
            OwnerOnly.folder(folder);
            Path present = BesideFolder.real(Database.file(folder));
            requireFree(present, force);
            BesideFolder.clear(present);
            try (BesideFolder own = BesideFolder.make(present, BesideFolder.RESTORING)) {
                Path restored = Database.file(own.path());
                unpack(backup, restored);
                verifyAndMark(own.path(), backup, actor);
                requireFree(present, force); // unpacking takes long enough for a hub to start
                OwnerOnly.give(restored, Files.exists(present) ? present : folder);
                Optional<Path> aside = setAside(present);
                BackupFile.publish(restored, present);
                return aside;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Marks a database that was restored by other means; no hub may run on it. */
    public static void mark(Ledger ledger, String backup, String actor) {
        ledger.commitAll(tx -> {
            String id = tx.restores().mark(backup, actor);
            tx.audit().record(actor, "database.restored", id, null, backup);
            Problem problem = Problem.of(LedgerCode.RESTORE_NOT_DONE, "backup", backup);
            tx.exceptions().open(Reason.RESTORE_NOT_DONE, "restore", "", null, null, null, Json.text(List.of(problem)));
        });
    }

    private static void requireFree(Path present, boolean force) throws IOException {
        if (!Files.exists(present)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(present, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                throw Beside.inUse(present);
            }
        } catch (OverlappingFileLockException inThisProcess) {
            throw Beside.inUse(present);
        }
        if (!force) {
            throw new ProblemException(Problem.of(LedgerCode.DATABASE_PRESENT, "path", present));
        }
    }

    private static void unpack(Path backup, Path restored) {
        try {
            BackupFile.unpack(backup, restored);
        } catch (IOException e) {
            throw unreadable(backup, e);
        }
    }

    private static void verifyAndMark(Path own, Path backup, String actor) {
        Database database = Database.embedded(own);
        try {
            new Schema(database)
                    .applied()
                    .filter(Restore::isUnknown)
                    .findFirst()
                    .ifPresent(newer -> {
                        throw new ProblemException(Problem.of(
                                LedgerCode.BACKUP_OF_A_NEWER_HUB, "file", backup, "version", newer.getVersion()));
                    });
            try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
                mark(ledger, backup.getFileName().toString(), actor);
            }
        } catch (ProblemException e) {
            throw e.problems().get(0).code().equals(LedgerCode.BACKUP_OF_A_NEWER_HUB.code())
                    ? e
                    : unreadable(backup, e);
        } catch (RuntimeException e) {
            throw unreadable(backup, e);
        }
    }

    private static boolean isUnknown(MigrationInfo migration) {
        return migration.getState().isApplied() && !migration.getState().isResolved();
    }

    private static ProblemException unreadable(Path backup, Exception e) {
        return new ProblemException(
                Problem.of(LedgerCode.BACKUP_UNREADABLE, "file", backup, "why", String.valueOf(e.getMessage())), e);
    }

    /** A second name for the same file, so that there is never a moment without a database; a copy where links are not known. */
    private static Optional<Path> setAside(Path present) throws IOException {
        if (!Files.exists(present)) {
            return Optional.empty();
        }
        Path aside = present.resolveSibling(Ids.next("waybill-replaced") + ".mv.db");
        try {
            Files.createLink(aside, present);
        } catch (IOException | UnsupportedOperationException noLinks) {
            Files.copy(present, aside);
        }
        return Optional.of(aside);
    }
}
