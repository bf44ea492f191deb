package io.waybill.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Processor time of this process and of its database's: what a busy machine blurs least. A part of it compiles Java and is
 * spent in the first minutes of a process only.
 */
final class Cpu {
    private static final long TICKS = 100;
    private static final int FIRST = 11;
    private static final int OWN = 2;
    private static final int ENDED = 2;

    private final Store store;

    private final double own = own();
    private final double compilers = compilers();
    private final double servers;

    Cpu(Store store) {
        this.store = store;
        this.servers = servers();
    }

    /** Processor milliseconds spent since, for each of {@code count}. */
    double millisEach(int count) {
        return (own() - own) * 1000 / count + serversMillisEach(count);
    }

    /** What of it was spent in the processes of a PostgreSQL. */
    double serversMillisEach(int count) {
        return (servers() - servers) * 1000 / count;
    }

    /** What of it the compilers took. */
    double compilersMillisEach(int count) {
        return (compilers() - compilers) * 1000 / count;
    }

    /** In a line. */
    String each(int count) {
        return String.format(
                Locale.ROOT,
                "%.2f ms of processor time for each: %.2f the server's, %.2f the compilers', %.2f what is left",
                millisEach(count),
                serversMillisEach(count),
                compilersMillisEach(count),
                millisEach(count) - serversMillisEach(count) - compilersMillisEach(count));
    }

    /** By Linux, which counts each thread; elsewhere none. */
    private static double compilers() {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.mapToDouble(Cpu::ofCompiler).sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static double ofCompiler(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.contains("(C1 ") || stat.contains("(C2 ") ? seconds(stat, OWN) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** A name stands in brackets; the twelfth and thirteenth words after it are what it took, the next two what its children did that have ended. */
    private static double seconds(String stat, int kinds) {
        return Stream.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1))
                        .skip(FIRST)
                        .limit(kinds)
                        .mapToLong(Long::parseLong)
                        .sum()
                / (double) TICKS;
    }

    private static double own() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    /** Of its first process, of those that live and of those that have ended, as a vacuum's do; by Linux, elsewhere none. */
    private double servers() {
        return store.server()
                .map(server -> of(server, OWN + ENDED)
                        + server.descendants().mapToDouble(one -> of(one, OWN)).sum())
                .orElse(0.0);
    }

    private static double of(ProcessHandle process, int kinds) {
        try {
            return seconds(Files.readString(Path.of("/proc/" + process.pid() + "/stat")), kinds);
        } catch (IOException e) {
            return 0;
        }
    }
}
