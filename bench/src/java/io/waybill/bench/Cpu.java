package io.waybill.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Processor time of this process and of those it started, the database among them: what a busy machine cannot blur. */
final class Cpu {
    private final double start = seconds();

    /** Processor milliseconds spent since, for each of {@code count}. */
    double millisEach(int count) {
        return (seconds() - start) * 1000 / count;
    }

    private static double seconds() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Duration children = ProcessHandle.current()
                .descendants()
                .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
        return system.getProcessCpuTime() / 1e9 + children.toMillis() / 1000.0;
    }
}
