package io.waybill.bench;

import io.waybill.Hub;
import io.waybill.ledger.Database;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The whole hub beside a {@link PlainRoute}, in turns: orders by HTTP on so many connections, each answered when its label is bought, by
 * the same client from the same carrier into the same PostgreSQL; the hub keeps each call's idempotency key and delivers an event of each
 * label besides. Whoever answers anything but 201 ends the measurement.
 */
final class Baseline {
    private static final int ROUNDS = 3;

    /** A sink that takes each event at once, so that the outbox has its part. */
    private static final String SINK = """
            - route:
                id: oms
                from:
                  uri: "direct:sink.oms"
                  steps:
                    - setBody:
                        constant: taken
            """;

    private final Store store;
    private final int connections;
    private final AtomicInteger next = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Baseline(Store store, int connections) {
        this.store = store;
        this.connections = connections;
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
            send(plain.address(), warm);
            send(orderOfHub, warm);
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
        Spread spread = send(address, orders);
        double rate = orders / ((System.nanoTime() - begun) / 1e9);
        Purchases.say("  %s: %.0f requests/s, %s; %s", name, rate, spread, cpu.each(orders));
        return rate;
    }

    private Spread send(URI address, int orders) throws Exception {
        Spread spread = new Spread();
        AtomicInteger left = new AtomicInteger(orders);
        ExecutorService callers = Executors.newFixedThreadPool(connections);
        List<Future<?>> all = new ArrayList<>();
        for (int caller = 0; caller < connections; caller++) {
            all.add(callers.submit(() -> {
                while (left.getAndDecrement() > 0) {
                    long begun = System.nanoTime();
                    order(address);
                    spread.add(System.nanoTime() - begun);
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        callers.shutdown();
        return spread;
    }

    private void order(URI address) throws Exception {
        String number = "B-" + next.incrementAndGet();
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=20")
                .header("Idempotency-Key", number)
                .POST(BodyPublishers.ofString(Works.order(number).toString()))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(address + " answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private Settings settings(int carrier, Database database) throws IOException {
        Path folder = Files.createTempDirectory("waybill-baseline");
        Path sinks = Files.createDirectory(HubSettings.routes(folder).resolve("sinks"));
        Files.writeString(sinks.resolve("oms.yaml"), SINK);
        return HubSettings.of(
                database,
                folder,
                HubSettings.noMappings(folder),
                HubSettings.account(carrier, connections),
                HubSettings.DEPOT,
                "defaults.namespace=acme",
                "sink.oms.namespaces=acme",
                "sink.oms.events=order.labelled");
    }
}
