package io.waybill.bench;

import io.waybill.Hub;
import io.waybill.ledger.Database;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The whole hub beside a {@link PlainRoute}, in turns: orders by HTTP on so many connections, each answered when its label is bought, by
 * the same client from the same carrier into the same PostgreSQL; the hub keeps each call's idempotency key and delivers an event of each
 * label besides. Whoever answers anything but 201 ends the measurement.
 */
final class Baseline {
    private static final int ROUNDS = 3;

    private final Store store;
    private final int connections;
    private final Callers callers;

    Baseline(Store store, int connections) {
        this.store = store;
        this.connections = connections;
        this.callers = new Callers(connections, Set.of(201));
    }

    /**
     * Measures both and prints it.
     *
     * @param orders of each round of each of the two
     * @param warm orders before, which are not measured
     */
    void run(int orders, int warm) throws Exception {
        try (QuickCarrier carrier = new QuickCarrier();
                PlainRoute plain = new PlainRoute(store.next(), carrier.port());
                Hub hub = Hub.start(settings(carrier.port(), store.next()))) {
            URI orderOfHub = URI.create(hub.address() + "/v1/orders");
            callers.send(plain.address(), warm);
            callers.send(orderOfHub, warm);
            double[] plainly = new double[ROUNDS];
            double[] hubs = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                plainly[round] = measured("plain route", plain.address(), orders);
                hubs[round] = measured("hub", orderOfHub, orders);
            }
            int asked = 2 * (warm + ROUNDS * orders);
            if (carrier.sold() != asked) {
                throw new IllegalStateException(carrier.sold() + " labels for " + asked + " orders");
            }
            double hubMedian = Spread.median(hubs);
            double plainMedian = Spread.median(plainly);
            Purchases.say(
                    "%d connections, medians of %d rounds: plain route %.0f requests/s, hub %.0f, ratio %.2f",
                    connections, ROUNDS, plainMedian, hubMedian, hubMedian / plainMedian);
        }
    }

    private double measured(String name, URI address, int orders) throws Exception {
        Cpu cpu = new Cpu(store);
        long begun = System.nanoTime();
        Spread spread = callers.send(address, orders);
        double rate = orders / ((System.nanoTime() - begun) / 1e9);
        Purchases.say("  %s: %.0f requests/s, %s; %s", name, rate, spread, cpu.each(orders));
        return rate;
    }

    private Settings settings(int carrier, Database database) throws IOException {
        Path folder = Files.createTempDirectory("waybill-baseline");
        return HubSettings.of(
                database,
                folder,
                HubSettings.noMappings(folder),
                HubSettings.account(carrier, connections),
                HubSettings.DEPOT,
                HubSettings.readySink(folder));
    }
}
