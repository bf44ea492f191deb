package io.waybill.demo;

import io.waybill.settings.OwnerOnly;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** What a customer has around the hub: folders, an OMS that listens and has a table, an ERP with two tables, a shop. */
final class World implements AutoCloseable {
    final Path folder;
    final Path labels;
    final Path shopExport;
    final Path wms;
    final Path sap;
    final Sql oms;
    final Sql erp;
    final OmsListener listener;
    final ShopifyShop shop;
    final int sandboxPort;

    World(Path labels) throws IOException, SQLException {
        folder = Files.createTempDirectory("waybill-demo-").toRealPath();
        this.labels = Files.createDirectories(labels);
        shopExport = Files.createDirectory(folder.resolve("shop-export"));
        wms = Files.createDirectory(folder.resolve("wms"));
        sap = Files.createDirectory(folder.resolve("sap"));
        oms = new Sql("jdbc:h2:file:" + slashes(folder.resolve("oms-db")));
        erp = new Sql("jdbc:h2:file:" + slashes(folder.resolve("erp-db")));
        listener = new OmsListener();
        shop = new ShopifyShop();
        sandboxPort = freePort();
        oms.run(Samples.read("oms.sql"));
        for (String table : Samples.read("erp.sql").split(";", 0)) {
            erp.run(table);
        }
    }

    /** The hub's settings, written to the folder too, so that they can be read afterwards. */
    Settings settings(Path home, String language) throws IOException {
        String text = Samples.read(
                "demo.properties",
                "folder",
                slashes(folder),
                "home",
                slashes(home),
                "sandboxPort",
                sandboxPort,
                "language",
                language,
                "omsUrl",
                listener.url(),
                "omsSecret",
                "file:" + slashes(secret(folder.resolve("oms-secret"), listener.secret())),
                "shopUrl",
                shop.url(),
                "shopSecret",
                "file:" + slashes(secret(folder.resolve("shop-secret"), shop.secret())));
        Path file = Files.writeString(folder.resolve("waybill.properties"), text);
        return Settings.read(file, Map.of(), Map.of());
    }

    /** A file that only its owner reads: where a hub finds a secret, for it is not in its settings. */
    static Path secret(Path where, String secret) throws IOException {
        OwnerOnly.file(where);
        return Files.writeString(where, secret);
    }

    Path archive() {
        return folder.resolve("data/files/archive");
    }

    static String slashes(Path path) {
        return path.toAbsolutePath().toString().replace('\\', '/');
    }

    /** Below those that systems give to outgoing connections, so that none of ours takes it before the sandbox does. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // the next one may be free
            }
        }
    }

    /** Removes the folder and all in it. */
    void remove() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, java.io.IOException e) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        listener.close();
        shop.close();
    }
}
