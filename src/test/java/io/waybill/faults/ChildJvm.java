package io.waybill.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A Java process on this test's class path. Its words go to a file: a pipe that nobody reads would stall it. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;

    private ChildJvm(Process process) {
        this.process = process;
    }

    /** @param log standard output and error are appended to it */
    public static ChildJvm start(Class<?> main, Path log, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(List.of(), List.of(), main, log, environment, arguments);
    }

    /**
     * @param before a command that runs the command that follows it
     * @param options of the Java machine
     */
    public static ChildJvm start(
            List<String> before,
            List<String> options,
            Class<?> main,
            Path log,
            Map<String, String> environment,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start());
    }

    /** Sends a signal, {@code CONT}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Whether it stands still, by SIGSTOP. */
    boolean isStopped() throws IOException, InterruptedException {
        Process ps = new ProcessBuilder("ps", "-o", "stat=", "-p", Long.toString(process.pid())).start();
        try (java.io.InputStream in = ps.getInputStream()) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                    .strip()
                    .startsWith("T");
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit status, when it has ended. */
    OptionalInt exit() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** SIGKILL: nothing in it runs any more, not even its shutdown hooks. Returns when it is dead. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " survived SIGKILL");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM: asks it to stop. */
    public void terminate() {
        process.destroy();
    }

    /** The exit status, or an error when it still runs after {@code seconds}. */
    public int waitFor(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " is still running");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
