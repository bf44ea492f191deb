package io.waybill.ledger;

import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.OwnerOnly;
import io.waybill.text.Words;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the ledger while it works: the embedded database by itself, PostgreSQL through {@code pg_dump}. A file has its
 * name only once all of it is on disk and can be read back; the oldest go.
 */
public final class Backups {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String NAME = "waybill-\\d{8}T\\d{6}\\.\\d{3}Z\\.(zip|dump)";
    private static final String PART = ".part";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Ledger ledger;
    private final BackupSettings settings;
    private final long spare;

    public Backups(Ledger ledger, BackupSettings settings) {
        this(ledger, settings, 0);
    }

    /** @param spare bytes of the embedded database's own disk that a backup leaves free, so that the hub itself can go on */
    public Backups(Ledger ledger, BackupSettings settings, long spare) {
        this.ledger = ledger;
        this.settings = settings;
        this.spare = spare;
    }

    /** @param file absolute */
    public record Made(Path file, long bytes, Duration took) {}

    public BackupSettings settings() {
        return settings;
    }

    /**
     * Makes one now.
     *
     * @param actor who asked, or null for the clock
     * @throws ProblemException {@code backup-failed}, {@code backup-needs-pg-dump}, {@code backup-without-room}
     */
    public synchronized Made make(@Nullable String actor) {
        long start = System.nanoTime();
        try {
            Path folder = OwnerOnly.folder(settings.folder().toAbsolutePath());
            boolean embedded = ledger.database().isEmbedded();
            Instant now = ledger.read(Tx::now);
            String name = "waybill-" + STAMP.format(now) + (embedded ? ".zip" : ".dump");
            Path part = folder.resolve(name + PART);
            removeAbandoned(folder, now.minus(ABANDONED).toEpochMilli());
            if (embedded) {
                requireRoom(folder);
            }
            try {
                OwnerOnly.file(part);
                if (embedded) {
                    ledger.backUp(part);
                    BackupFile.requireWhole(part);
                } else {
                    PgDump.of(ledger.database()).into(part);
                }
                BackupFile.publish(part, folder.resolve(name));
            } finally {
                Files.deleteIfExists(part);
            }
            Made made = new Made(
                    folder.resolve(name),
                    Files.size(folder.resolve(name)),
                    Duration.ofNanos(System.nanoTime() - start));
            told(made, actor);
            prune(folder);
            return made;
        } catch (IOException | SQLException | RuntimeException e) {
            throw e instanceof ProblemException known ? known : failed(e);
        }
    }

    /** {@link #make} by the clock: a failure opens an exception, which the next success closes, and stops nobody. */
    public void makeOrTell() {
        try {
            make(null);
        } catch (ProblemException e) {
            LOG.error("{}", e.getMessage());
            ledger.commitAll(tx -> tx.exceptions()
                    .open(Reason.BACKUP_FAILED, "backup", "", null, null, null, Json.text(e.problems())));
        }
    }

    /** As much as the newest backup took; of the first, what the database does. On another disk it is that disk's matter. */
    private void requireRoom(Path folder) throws IOException {
        Path database = ledger.database().file();
        FileStore disk = Files.getFileStore(folder);
        if (!disk.equals(Files.getFileStore(database))) {
            return;
        }
        List<Path> newest = newestFirst(folder);
        long needed = Files.size(newest.isEmpty() ? database : newest.get(0));
        long free = disk.getUsableSpace();
        if (free - needed < spare) {
            throw new ProblemException(Problem.of(
                    LedgerCode.BACKUP_WITHOUT_ROOM,
                    "folder",
                    folder,
                    "free",
                    free,
                    "needed",
                    needed,
                    "spare",
                    spare,
                    "keep",
                    settings.keep()));
        }
    }

    /** What a hub that was killed had begun would stay for ever. A day old, because another hub may be writing its own there. */
    private static void removeAbandoned(Path folder, long before) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path part : files.filter(Backups::isPart).toList()) {
                if (part.toFile().lastModified() < before) {
                    remove(part);
                }
            }
        }
    }

    /** One that is somebody else's keeps no backup from being made. */
    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException kept) {
            LOG.warn(
                    "{} was left behind by a backup that did not end, and cannot be removed: {}", part, Words.of(kept));
        }
    }

    private static List<Path> newestFirst(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Backups::isBackup)
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
        }
    }

    private void told(Made made, @Nullable String actor) {
        LOG.info(
                "Backed up to {}, {} bytes in {} ms",
                made.file(),
                made.bytes(),
                made.took().toMillis());
        ledger.commitAll(tx -> {
            tx.exceptions().closeBy(Fact.BACKED_UP, "backup");
            if (actor != null) {
                tx.audit()
                        .record(actor, "backup.made", made.file().getFileName().toString(), null, null);
            }
        });
    }

    private void prune(Path folder) throws IOException {
        List<Path> all = newestFirst(folder);
        for (Path file : all.subList(Math.min(settings.keep(), all.size()), all.size())) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean isBackup(Path file) {
        return file.getFileName().toString().matches(NAME);
    }

    private static boolean isPart(Path file) {
        return file.getFileName().toString().matches(NAME + Pattern.quote(PART));
    }

    private ProblemException failed(Exception e) {
        return new ProblemException(
                Problem.of(
                        LedgerCode.BACKUP_FAILED, "folder", settings.folder(), "why", String.valueOf(e.getMessage())),
                e);
    }
}
