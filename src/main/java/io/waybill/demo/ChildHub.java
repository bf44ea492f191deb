package io.waybill.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A second hub, as a process of its own that can be killed; it buys from the same carrier. */
final class ChildHub implements AutoCloseable {
    private static final String MAIN = "io.waybill.Hub";

    final Caller caller;
    private final Path folder;
    private final int port;
    private Process process;

    ChildHub(World world) throws IOException {
        folder = Files.createDirectories(world.folder.resolve("crash"));
        port = World.freePort();
        caller = new Caller(port, "Accept-Language", "en");
        Files.createDirectories(folder.resolve("routes"));
        Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(
                folder.resolve("waybill.properties"),
                Samples.read(
                        "crash.properties",
                        "folder",
                        folder.toString().replace('\\', '/'),
                        "port",
                        port,
                        "sandboxPort",
                        world.sandboxPort));
        process = launch();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once: no shutdown hook runs, nothing is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    void startAgain() throws IOException {
        process = launch();
    }

    /** Its answer, once it takes orders. */
    Optional<Reply> ready() throws InterruptedException {
        try {
            return Optional.of(caller.get("/health/ready")).filter(reply -> reply.status() == 200);
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the second hub stopped, see " + folder.resolve("hub.log"), e);
            }
            return Optional.empty();
        }
    }

    private Process launch() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "run",
                "--config",
                folder.resolve("waybill.properties").toString());
        File log = folder.resolve("hub.log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
