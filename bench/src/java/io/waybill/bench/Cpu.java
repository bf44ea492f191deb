package io.waybill.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;

/** Processor time of this process and of its database's: what a busy machine blurs least. */
final class Cpu {
    private final Store store;
    private final double own = own();
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

    private static double own() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    private double servers() {
        return store.server().stream()
                        .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .reduce(Duration.ZERO, Duration::plus)
                        .toMillis()
                / 1000.0;
    }
}
