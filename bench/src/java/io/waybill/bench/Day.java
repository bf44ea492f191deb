package io.waybill.bench;

import io.waybill.Hub;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * As many orders as a day brings at 20 a second, each by HTTP until its label is there, as fast as they go: what the hub keeps in memory
 * after each of 24 parts. Callers and carrier are in the same process and remember nothing.
 */
final class Day {
    private static final int HOURS = 24;
    private static final int CONNECTIONS = 32;

    private final Store store;

    Day(Store store) {
        this.store = store;
    }

    /** @param orders 1,728,000 are a day's */
    void run(int orders) throws Exception {
        Path folder = Files.createTempDirectory("waybill-day");
        Callers callers = new Callers(CONNECTIONS, Set.of(200, 201, 202));
        try (QuickCarrier carrier = new QuickCarrier();
                Hub hub = Hub.start(HubSettings.of(
                        store.next(),
                        folder,
                        HubSettings.noMappings(folder),
                        HubSettings.account(carrier.port(), CONNECTIONS),
                        HubSettings.DEPOT,
                        HubSettings.readySink(folder)))) {
            URI address = URI.create(hub.address() + "/v1/orders");
            for (int hour = 1; hour <= HOURS; hour++) {
                long begun = System.nanoTime();
                Spread spread = callers.send(address, orders / HOURS);
                double rate = orders / HOURS / ((System.nanoTime() - begun) / 1e9);
                Purchases.say(
                        "  hour %2d: %d orders, %.0f/s, %s; %.1f MB kept, %d threads, the process %d MB",
                        hour,
                        hour * (orders / HOURS),
                        rate,
                        spread,
                        kept() / 1048576.0,
                        ManagementFactory.getThreadMXBean().getThreadCount(),
                        resident());
            }
            Purchases.say("%s: %d labels sold for %d orders", store.kind, carrier.sold(), orders / HOURS * HOURS);
        }
    }

    /** What is left after everything that can go has gone. */
    private static long kept() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** As Linux counts it. */
    private static long resident() throws IOException {
        return Start.megabytes(ProcessHandle.current().pid());
    }
}
