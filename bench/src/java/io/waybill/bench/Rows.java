package io.waybill.bench;

import io.waybill.Hub;
import io.waybill.ledger.Database;
import io.waybill.settings.Settings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How many orders a second a CSV in a watched folder becomes: from the file's arrival to its place in the archive, when every
 * order of it is on disk, mapped, with its original beside it, and waits for a person, so that nothing is bought meanwhile.
 */
final class Rows {
    private static final String[] LINES = new String[2];

    private final Store store;
    private final Path folder;

    Rows(Store store) throws IOException {
        this.store = store;
        this.folder = Files.createTempDirectory("waybill-bench-rows");
        String[] sample = Files.readString(Path.of("mappings/acme-orders/two-lines.csv"))
                .replace("\r", "")
                .split("\n");
        LINES[0] = sample[0];
        LINES[1] = sample[1];
    }

    void run(int orders, int warm) throws Exception {
        Database database = store.next();
        try (Hub hub = Hub.start(settings(database))) {
            drop(database, "warm", warm);
            Cpu cpu = new Cpu(store);
            double seconds = drop(database, "SO", orders);
            Purchases.say(
                    "%s: %,d orders of one CSV in %.1f s, %.0f orders/s; %s",
                    store.kind, orders, seconds, orders / seconds, cpu.each(orders));
        }
    }

    /** @return seconds from the moment the file lies there */
    private double drop(Database database, String prefix, int orders) throws IOException, SQLException {
        Path file = folder.resolve(prefix + ".csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(LINES[0] + "\n");
            for (int n = 0; n < orders; n++) {
                out.write(LINES[1].replace("SO-1001", prefix + "-" + n)
                                .replace(";Jane;Roe;", ";Jane" + n % 5_000 + ";Roe;")
                        + "\n");
            }
        }
        Path in = folder.resolve("in");
        long before = orders(database);
        Files.move(file, in.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        long start = System.nanoTime();
        while (isThere(in)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        requireOrders(database, before + orders);
        return seconds;
    }

    /** @throws IllegalStateException when there are more or fewer */
    static void requireOrders(Database database, long expected) throws SQLException {
        long orders = orders(database);
        if (orders != expected) {
            throw new IllegalStateException("expected " + expected + " orders and not " + orders);
        }
    }

    private static boolean isThere(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.findAny().isPresent();
        }
    }

    private static long orders(Database database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
            count.next();
            return count.getLong(1);
        }
    }

    private Settings settings(Database database) throws IOException {
        Path routes = Files.createDirectory(HubSettings.routes(folder).resolve("sources"));
        Files.createDirectory(folder.resolve("in"));
        Files.createSymbolicLink(
                routes.resolveSibling("templates"), Path.of("routes/templates").toAbsolutePath());
        Files.writeString(routes.resolve("acme.yaml"), """
                - templatedRoute:
                    routeTemplateRef: order-folder
                    routeId: source.acme
                    parameters:
                      - { name: source, value: acme }
                      - { name: folder, value: "{{source.acme.folder}}" }
                      - { name: mapping, value: acme-orders }
                      - { name: still, value: "100" }
                      - { name: every, value: "100" }
                """);
        return HubSettings.of(
                database, folder, HubSettings.IDLE_ACCOUNT, HubSettings.DEPOT, """
                service.ground=steady:ground
                source.acme.folder=%s
                source.acme.mapping=acme-orders
                source.acme.namespace=acme
                source.acme.release=hold
                """.formatted(folder.resolve("in")));
    }
}
