package io.waybill.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.ledger.Stores;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One big CSV and many small ones are dropped, and a hub of 256 MB is killed again and again while it takes them in.
 * {@code -Dfaults.megabytes=N} (12) of the big one, {@code -Dfaults.files=N} (150) small ones, {@code
 * -Dfaults.killEvery=N} (5) seconds.
 */
class FilesUnderKillsFaults {
    private static final Logger LOG = LoggerFactory.getLogger(FilesUnderKillsFaults.class);
    private static final long MEGABYTES = Long.getLong("faults.megabytes", 12);
    private static final int FILES = Integer.getInteger("faults.files", 150);
    private static final Duration KILL_EVERY = Duration.ofSeconds(Integer.getInteger("faults.killEvery", 5));
    /** So that a quick machine is not done before the first. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofHours(3);

    private static final String HEADER =
            "order_no;cust_ref;state;order_dt;first;last;company;street;zip;city;state_code;ctry;phone;svc;sku;descr;qty;price;weight_g;picker_id\n";

    /** Without a weight, so that nothing is bought: this is about taking in. */
    private static final String ROW =
            "%s;;released;24.11.2026 09:40;Kai;Lund;;500 Pine St;98101;Seattle;WA;USA;+12065550100;EXP;A-1;Mug;1;12,50;;%s\n";

    /** In a column the mapping ignores, so that a file is big before it has millions of orders. */
    private static final String PADDING = "x".repeat(8_000);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void every_document_of_every_file_is_taken_in_once() throws Exception {
        long begun = System.nanoTime();
        long kills = 0;
        try (Site site = new Site(folder, ofItsOwnNamespace(Store.h2()))) {
            int orders = bigFile(site.dropFolder()) + smallFiles(site.dropFolder());
            while (!isEmpty(site.dropFolder())) {
                site.startHub();
                if (emptyWithin(site, kills == 0 ? SOON : KILL_EVERY)) {
                    break;
                }
                site.killHub();
                kills++;
                LOG.info("{} kills, {} files left", kills, left(site.dropFolder()));
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
            }
            site.stopHub();

            assertThat(site.logged("OutOfMemoryError")).isZero();
            assertThat(number("SELECT COUNT(*) FROM orders")).isEqualTo(orders);
            assertThat(number("SELECT COUNT(*) FROM orders WHERE revision <> 1"))
                    .isZero();
            assertThat(number("SELECT COUNT(*) FROM shipment")).isEqualTo(orders);
            assertThat(number("SELECT SUM(ok) FROM inbound_file")).isEqualTo(orders);
            assertThat(number("SELECT COUNT(*) FROM inbound_file")).isEqualTo(FILES + 1);
            assertThat(kills).as("kills").isPositive();
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            LOG.info(
                    "{} MB and {} files, {} orders, {} kills, {} s: each once",
                    MEGABYTES,
                    FILES,
                    orders,
                    kills,
                    seconds);
            Audit.writeAll(
                    "files-h2",
                    Map.of(
                            "megabytes", MEGABYTES,
                            "files", (long) FILES,
                            "orders", (long) orders,
                            "kills", kills,
                            "seconds", seconds));
        }
    }

    /** To which no sink belongs. */
    private static Store ofItsOwnNamespace(Store store) {
        return new Store() {
            @Override
            public String name() {
                return store.name();
            }

            @Override
            public Map<String, String> environment() {
                return Map.of("WAYBILL_SOURCE_ACME_CSV_NAMESPACE", "files");
            }
        };
    }

    private static int bigFile(Path drop) throws IOException {
        Path written = drop.resolve("big.writing");
        int orders = 0;
        try (BufferedWriter out = Files.newBufferedWriter(written)) {
            out.write(HEADER);
            for (long bytes = 0; bytes < MEGABYTES << 20; orders++) {
                String row = ROW.formatted("BIG-%07d".formatted(orders), PADDING);
                out.write(row);
                bytes += row.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        Files.move(written, drop.resolve("big.csv"), StandardCopyOption.ATOMIC_MOVE);
        return orders;
    }

    private static int smallFiles(Path drop) throws IOException {
        for (int i = 0; i < FILES; i++) {
            Path written = drop.resolve("small.writing");
            Files.writeString(written, HEADER + ROW.formatted("SMALL-%05d".formatted(i), ""));
            Files.move(written, drop.resolve("small-%05d.csv".formatted(i)), StandardCopyOption.ATOMIC_MOVE);
        }
        return FILES;
    }

    private static boolean emptyWithin(Site site, Duration patience) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        await().atMost(patience.plusSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> System.nanoTime() > until || !site.hubIsAlive() || isEmpty(site.dropFolder()));
        assertThat(site.hubIsAlive()).as(site::hubLog).isTrue();
        return isEmpty(site.dropFolder());
    }

    private static boolean isEmpty(Path drop) throws IOException {
        return left(drop) == 0;
    }

    private static long left(Path drop) throws IOException {
        try (Stream<Path> files = Files.list(drop)) {
            return files.filter(file -> file.toString().endsWith(".csv")).count();
        }
    }

    private long number(String sql) throws SQLException {
        var database = Stores.h2(folder.resolve("data"));
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
