package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What was committed before a backup began is in it, and a restore that cannot be done changes nothing. */
class BackupTest {
    @TempDir
    Path folder;

    @Test
    void a_backup_made_while_others_commit_holds_all_that_was_committed_before() throws Exception {
        AtomicInteger committed = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        Path file;
        int before;
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            Thread writer = new Thread(() -> {
                while (!enough.get()) {
                    put(ledger, "row-" + committed.get());
                    committed.incrementAndGet();
                }
            });
            writer.start();
            put(ledger, "first");
            before = committed.get();
            file = backups(ledger, 9).make("ops").file();
            enough.set(true);
            writer.join();
        }

        Optional<Path> aside = Restore.into(folder, file, true, "ops");

        assertThat(aside).hasValueSatisfying(kept -> assertThat(kept).exists());
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            assertThat(has(ledger, "first")).isTrue();
            for (int i = 0; i < before; i++) {
                assertThat(has(ledger, "row-" + i)).isTrue();
            }
            Optional<RestoreBook.Restored> mark =
                    ledger.read(tx -> tx.restores().open());
            assertThat(mark).isPresent();
            List<AuditBook.Entry> audit = ledger.read(tx -> tx.audit().list(Namespaces.ALL, null, null, 9));
            assertThat(audit).extracting(AuditBook.Entry::act).containsExactly("database.restored");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void the_database_its_backups_and_what_is_put_back_are_only_their_owners() throws IOException {
        Path data = folder.resolve("data");
        Path file;
        try (Ledger ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE)) {
            assertThat(rights(data.resolve("waybill.mv.db"))).isEqualTo("rw-------");
            file = backups(ledger, 9).make("ops").file();
        }
        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(rights(file.getParent())).isEqualTo("rwx------");

        Path fresh = folder.resolve("fresh");
        Restore.into(fresh, file, false, "ops");
        assertThat(rights(fresh)).isEqualTo("rwx------");
        assertThat(rights(fresh.resolve("waybill.mv.db"))).isEqualTo("rw-------");
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void a_backup_leaves_the_hub_the_room_it_needs_to_go_on() throws IOException {
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            Path place = folder.resolve("copies");
            BackupSettings settings = new BackupSettings(Duration.ofHours(1), place, 2);
            Backups crowded =
                    new Backups(ledger, settings, Files.getFileStore(folder).getTotalSpace());

            assertThatThrownBy(() -> crowded.make("ops")).hasMessageContaining("free");
            crowded.makeOrTell();

            assertThat(files(place)).isEmpty();
            List<ExceptionBook.Row> open = ledger.read(OpenExceptions::of);
            assertThat(open).extracting(ExceptionBook.Row::reason).containsExactly("backup-failed");
            assertThat(new Backups(ledger, settings, 1).make("ops").file()).exists();
        }
    }

    @Test
    void the_oldest_go_and_what_is_not_a_backup_stays() throws IOException {
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            Backups backups = backups(ledger, 2);
            Path first = backups.make(null).file();
            Path mine = Files.writeString(first.resolveSibling("waybill-mine.zip"), "x");
            Path second = backups.make(null).file();
            Path third = backups.make("ops").file();

            assertThat(files(first.getParent())).containsExactlyInAnyOrder(mine, second, third);
            List<AuditBook.Entry> audit = ledger.read(tx -> tx.audit().list(Namespaces.ALL, null, null, 9));
            assertThat(audit)
                    .as("the clock's are no acts of a person")
                    .extracting(AuditBook.Entry::entityId)
                    .containsExactly(third.getFileName().toString());
        }
    }

    @Test
    void what_a_killed_hub_began_to_back_up_goes_before_room_is_asked_for_and_what_others_write_stays()
            throws IOException {
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            Path place = backups(ledger, 2).make(null).file().getParent();
            Path left = part(place, "waybill-20260101T000000.000Z.zip.part", Duration.ofHours(25));
            Path dumped = part(place, "waybill-20260101T000000.000Z.dump.part", Duration.ofHours(25));
            Path written = part(place, "waybill-20260102T000000.000Z.zip.part", Duration.ofHours(1));
            Path mine = part(place, "mine.zip.part", Duration.ofHours(25));
            Backups crowded = new Backups(
                    ledger,
                    new BackupSettings(Duration.ofHours(1), place, 2),
                    Files.getFileStore(folder).getTotalSpace());

            assertThatThrownBy(() -> crowded.make(null)).hasMessageContaining("free");

            assertThat(files(place)).contains(written, mine).doesNotContain(left, dumped);
        }
    }

    private static Path part(Path place, String name, Duration age) throws IOException {
        Path part = Files.writeString(place.resolve(name), "half of it");
        return Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void a_backup_that_fails_opens_an_exception_which_the_next_one_closes() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            new Backups(ledger, new BackupSettings(Duration.ofHours(1), notAFolder, 2)).makeOrTell();
            assertThat(reasons(ledger)).containsExactly("backup-failed");

            backups(ledger, 2).makeOrTell();
            assertThat(reasons(ledger)).isEmpty();
        }
    }

    @Test
    void a_database_that_is_there_is_replaced_only_by_force_and_never_under_a_running_hub() throws IOException {
        Path file;
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            file = backups(ledger, 2).make(null).file();
            put(ledger, "after");
            Path kept = file;
            assertRefused("ledger-in-use", () -> Restore.into(folder, kept, true, "ops"));
        }
        Path kept = file;
        assertRefused("database-present", () -> Restore.into(folder, kept, false, "ops"));

        Path other = folder.resolve("other");
        assertThat(Restore.into(other, file, false, "ops")).isEmpty();
        try (Ledger ledger = Ledger.open(Stores.h2(other), Subscriptions.NONE)) {
            assertThat(has(ledger, "after")).isFalse();
        }
    }

    @Test
    void a_backup_that_fails_is_told_to_sinks_that_take_what_is_of_no_namespace() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("a-file"), "x");
        Subscriptions ofNone = (namespace, type) -> namespace.equals("*") ? List.of("alerts") : List.of();
        try (Ledger ledger = Ledger.open(Stores.h2(folder), ofNone)) {
            new Backups(ledger, new BackupSettings(Duration.ofHours(1), notAFolder, 2)).makeOrTell();
            String opened = ledger.read(OpenExceptions::of).get(0).id();
            backups(ledger, 2).makeOrTell();

            List<DeliveryBook.Row> told = ledger.read(tx -> tx.deliveries().of(opened));
            assertThat(told).extracting(DeliveryBook.Row::type).containsExactly("exception.opened", "exception.closed");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void one_behind_a_link_is_put_back_there_and_what_a_kill_left_of_another_restore_goes() throws IOException {
        Path file;
        try (Ledger ledger = Ledger.open(Stores.h2(folder.resolve("disk")), Subscriptions.NONE)) {
            file = backups(ledger, 2).make(null).file();
            put(ledger, "after");
        }
        Path disk = folder.resolve("disk/waybill.mv.db");
        Path link = Files.createDirectories(folder.resolve("data")).resolve("waybill.mv.db");
        Files.createSymbolicLink(link, disk);
        Path left = Files.createDirectories(disk.resolveSibling("waybill.mv.db.restoring_01K0000000000000000000000"));
        Files.writeString(left.resolve("waybill.mv.db"), "half of it");

        Optional<Path> aside = Restore.into(link.getParent(), file, true, "ops");

        assertThat(link).isSymbolicLink();
        assertThat(left).doesNotExist();
        assertThat(aside).hasValueSatisfying(kept -> assertThat(kept).hasParent(disk.getParent()));
        try (Ledger ledger = Ledger.open(Stores.h2(link.getParent()), Subscriptions.NONE)) {
            assertThat(has(ledger, "after")).isFalse();
        }
    }

    @Test
    void what_is_torn_or_no_backup_at_all_leaves_the_present_database_as_it_is() throws IOException {
        byte[] whole;
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            put(ledger, "here");
            whole = Files.readAllBytes(backups(ledger, 2).make(null).file());
        }
        Path torn = Files.write(folder.resolve("torn.zip"), java.util.Arrays.copyOf(whole, whole.length / 2));
        Path text = Files.writeString(folder.resolve("text.zip"), "no zip");
        List<Path> before = files(folder);

        assertRefused("backup-unreadable", () -> Restore.into(folder, torn, true, "ops"));
        assertRefused("backup-unreadable", () -> Restore.into(folder, text, true, "ops"));
        assertRefused("backup-unreadable", () -> Restore.into(folder, folder.resolve("none.zip"), true, "ops"));

        assertThat(files(folder)).isEqualTo(before);
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            assertThat(has(ledger, "here")).isTrue();
        }
    }

    @Test
    void a_backup_of_a_newer_hub_is_refused_by_the_migration_it_has() throws Exception {
        Path file;
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            Database database = ledger.database();
            try (var connection = java.sql.DriverManager.getConnection(database.url(), "sa", "");
                    var statement = connection.createStatement()) {
                statement.execute("""
                        INSERT INTO "flyway_schema_history" ("installed_rank", "version", "description", "type",
                            "script", "checksum", "installed_by", "installed_on", "execution_time", "success")
                        VALUES (999, '999', 'of tomorrow', 'SQL', 'V999__of_tomorrow.sql', 1, 'sa',
                            CURRENT_TIMESTAMP, 1, TRUE)""");
            }
            file = backups(ledger, 2).make(null).file();
        }

        Path kept = file;
        assertRefused("backup-of-a-newer-hub", () -> Restore.into(folder, kept, true, "ops"));
    }

    @Test
    void pg_dump_is_asked_for_the_database_jdbc_names_and_never_told_its_password() {
        Database database = new Database("jdbc:postgresql://db.example:5433/waybill?sslmode=require", "hub", "secret");

        assertThat(PgDump.of(database).command(Path.of("/b/x.dump")))
                .contains("--host=db.example", "--port=5433", "--username=hub", "--file=/b/x.dump", "waybill")
                .noneMatch(word -> word.contains("secret"));
    }

    @Test
    void pg_dump_goes_to_whichever_of_several_servers_jdbc_names_is_the_primary() {
        Database several = new Database("jdbc:postgresql://db-1,db-2:5433,[::1]/waybill?sslmode=require", "hub", "x");
        Database here = new Database("jdbc:postgresql:waybill", "hub", "x");

        assertThat(PgDump.of(several).command(Path.of("/b/x.dump")))
                .contains("--host=db-1,db-2,::1", "--port=5432,5433,5432", "waybill");
        assertThat(PgDump.of(here).command(Path.of("/b/x.dump")))
                .contains("--host=localhost", "--port=5432", "waybill");
    }

    @Test
    void pg_dump_trusts_no_server_that_jdbc_would_not() {
        String address = "jdbc:postgresql://db/waybill?";
        Database verified = new Database(address + "sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem", "hub", "x");

        assertThat(PgDump.of(verified).environment())
                .containsEntry("PGSSLMODE", "verify-full")
                .containsEntry("PGSSLROOTCERT", "/etc/ca.pem")
                .containsEntry("PGPASSWORD", "x");
        assertThat(PgDump.of(new Database(address + "ssl=true", "hub", "x")).environment())
                .containsEntry("PGSSLMODE", "verify-full");
        assertThat(PgDump.of(new Database(address + "loginTimeout=5", "hub", "x"))
                        .environment())
                .containsOnlyKeys("PGPASSWORD");
        assertThat(PgDump.of(new Database(address + "sslmode=verify-full&sslfactory=some.Factory", "hub", "x"))
                        .environment())
                .as("what Java trusts pg_dump does not know")
                .containsOnlyKeys("PGPASSWORD");
        assertThat(PgDump.of(new Database(address + "sslcert=/hub.crt&sslkey=/hub.p12", "hub", "x"))
                        .environment())
                .as("a store of keys it cannot read")
                .containsOnlyKeys("PGPASSWORD", "PGSSLCERT");
    }

    private Backups backups(Ledger ledger, int keep) {
        return new Backups(ledger, new BackupSettings(Duration.ofHours(1), folder.resolve("o'backups"), keep));
    }

    private static void put(Ledger ledger, String key) {
        ledger.commitAll(tx -> tx.inbox().put("test", key, new InboxBook.Entry("sha", null, "ACCEPTED", null)));
    }

    private static boolean has(Ledger ledger, String key) {
        return ledger.read(tx -> tx.inbox().find("test", key)).isPresent();
    }

    private static List<String> reasons(Ledger ledger) {
        List<ExceptionBook.Row> open = ledger.read(OpenExceptions::of);
        return open.stream().map(ExceptionBook.Row::reason).toList();
    }

    private static void assertRefused(String code, ThrowingCallable restore) {
        assertThatThrownBy(restore)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problems().get(0).code()).isEqualTo(code));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}
