package io.waybill.faults;

import static org.awaitility.Awaitility.await;

import io.waybill.FreePort;
import io.waybill.Hub;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts hubs in half the time: their classes come from one jar and an archive of the Java machine that the first hub of
 * a build writes when it ends. Where that does not work they start as usual.
 */
final class QuickStart {
    private static final Logger LOG = LoggerFactory.getLogger(QuickStart.class);
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path FOLDER = Path.of("target/quickstart");
    private static @Nullable List<String> options;

    private QuickStart() {}

    /** For the Java machine of a hub; none when there is no archive. */
    static synchronized List<String> options() {
        if (options == null) {
            options = options(FOLDER);
        }
        return options;
    }

    private static List<String> options(Path folder) {
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return archive(folder);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOG.warn("hubs start without an archive: {}", e.toString());
            return List.of();
        }
    }

    private static List<String> archive(Path folder) throws IOException, InterruptedException {
        Path jar = folder.resolve("hub.jar").toAbsolutePath();
        String classPath = jar + File.pathSeparator + libraries();
        Path archive = folder.resolve("hub-" + state(classPath) + ".jsa").toAbsolutePath();
        boolean good = Files.exists(archive);
        if (!good) {
            write(jar);
            good = dump(classPath, archive, folder);
        }
        return good && Files.exists(archive)
                ? List.of("-cp", classPath, "-XX:SharedArchiveFile=" + archive)
                : List.of();
    }

    /** False when that hub did not start; what it left is removed. */
    private static boolean dump(String classPath, Path archive, Path folder) throws IOException, InterruptedException {
        int port = FreePort.next();
        Path settings = folder.resolve("waybill.properties").toAbsolutePath();
        Path empty = Files.createDirectories(folder.resolve("empty")).toAbsolutePath();
        Files.writeString(settings, """
                waybill.data=%s
                waybill.routes.dir=%s
                waybill.mappings.dir=%s
                waybill.http.port=%d
                account.sandbox.adapter=sandbox
                """.formatted(folder.resolve("data").toAbsolutePath(), empty, empty, port));
        ChildJvm hub = ChildJvm.start(
                List.of(),
                List.of("-cp", classPath, "-XX:ArchiveClassesAtExit=" + archive),
                Hub.class,
                folder.resolve("hub.log"),
                Map.of(),
                "run",
                "--config",
                settings.toString());
        try (hub) {
            await().atMost(Duration.ofSeconds(120)).until(() -> !hub.isAlive() || isReady(port));
            boolean started = hub.isAlive();
            hub.signal("TERM");
            hub.waitFor(120);
            if (!started) {
                Files.deleteIfExists(archive);
            }
            return started;
        }
    }

    private static boolean isReady(int port) {
        try {
            URI address = URI.create("http://127.0.0.1:" + port + "/health/ready");
            HttpURLConnection call = (HttpURLConnection) address.toURL().openConnection();
            call.setConnectTimeout(2_000);
            call.setReadTimeout(2_000);
            return call.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static void write(Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.filter(file -> !file.equals(CLASSES)).toList()) {
                String name = CLASSES.relativize(file).toString().replace('\\', '/');
                out.putNextEntry(new ZipEntry(Files.isDirectory(file) ? name + "/" : name));
                if (Files.isRegularFile(file)) {
                    Files.copy(file, out);
                }
            }
        }
    }

    /** The class path without folders: the archive knows only jars. */
    private static String libraries() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Of everything that is started; another state, another archive. */
    private static String state(String classPath) throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            List<Long> times = files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> file.toFile().lastModified())
                    .toList();
            return Integer.toHexString(Objects.hash(classPath, times, System.getProperty("java.vm.version")));
        }
    }
}
