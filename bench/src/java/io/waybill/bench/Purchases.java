package io.waybill.bench;

import io.waybill.intake.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Purchases through the whole protocol against a carrier that answers after 20 ms: how many a second when orders come as
 * fast as they are taken in, and how long taking in lasts at a given rate. The bare loop runs before and after.
 */
final class Purchases {
    private static final Duration ANSWER = Duration.ofMillis(20);
    private static final int TAKERS = 16;
    private static final int AHEAD = 600;

    private final Store store;
    private final int orders;
    private final int warm;
    private final int workers;
    private final int nodes;

    /**
     * @param warm how many go before those that count
     * @param workers purchases open at once with the carrier, of each node
     * @param nodes hubs on the same database, which take the orders in by turns
     */
    Purchases(Store store, int orders, int warm, int workers, int nodes) {
        this.store = store;
        this.orders = orders;
        this.warm = warm;
        this.workers = workers;
        this.nodes = nodes;
    }

    void run(boolean bare, int paced) throws Exception {
        double before = bare ? bare() : Double.NaN;
        double hub = flood();
        double after = bare ? bare() : Double.NaN;
        say(
                "%s: %.0f purchases/s through the protocol; bare loop %.0f/s before, %.0f/s after; ratio %.2f",
                store.kind, hub, before, after, hub / ((before + after) / 2));
        if (paced > 0) {
            paced(paced);
        }
    }

    private double bare() throws Exception {
        try (BareLoop loop = new BareLoop(store.next(), new SteadyCarrier("B", ANSWER))) {
            loop.run(warm, workers);
            Cpu cpu = new Cpu(store);
            double rate = loop.run(orders, workers);
            say("  bare: %.0f/s, %s", rate, cpu.each(orders));
            return rate;
        }
    }

    /** Orders come as fast as they are taken in, but no more than {@link #AHEAD} wait to be bought. */
    private double flood() throws Exception {
        SteadyCarrier carrier = new SteadyCarrier("F", ANSWER);
        try (Cluster works = new Cluster(store.next(), nodes, () -> List.of(carrier.account("steady", workers)))) {
            feed(works, "warm", warm);
            long start = System.nanoTime();
            Cpu cpu = new Cpu(store);
            feed(works, "SO", orders);
            double rate = orders / ((System.nanoTime() - start) / 1e9);
            say("  %.0f/s, %s", rate, cpu.each(orders));
            check(works, carrier, orders + warm);
            awaitDelivered(works, 2 * (orders + warm));
            say(
                    "  and all %d events delivered %.1f s after the first order",
                    works.delivered(), (System.nanoTime() - start) / 1e9);
            return rate;
        }
    }

    private void feed(Cluster works, String prefix, int count) throws Exception {
        int before = works.ended();
        AtomicInteger next = new AtomicInteger();
        ExecutorService takers = Executors.newFixedThreadPool(TAKERS);
        List<Future<?>> taking = new ArrayList<>();
        for (int i = 0; i < TAKERS; i++) {
            taking.add(takers.submit(() -> {
                for (int n = next.incrementAndGet(); n <= count; n = next.incrementAndGet()) {
                    while (n - (works.ended() - before) > AHEAD) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    accepted(works.take(n, Works.order(prefix + n)));
                }
            }));
        }
        takers.shutdown();
        for (Future<?> taken : taking) {
            taken.get();
        }
        while (works.ended() - before < count) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void paced(int rate) throws Exception {
        SteadyCarrier carrier = new SteadyCarrier("P", ANSWER);
        try (Cluster works = new Cluster(store.next(), nodes, () -> List.of(carrier.account("steady", workers)))) {
            feed(works, "warm", warm);
            int count = rate * 20;
            Spread intake = Pace.run(rate, count, 16, n -> accepted(works.take(n, Works.order("SO" + n))));
            while (works.ended() < warm + count) {
                LockSupport.parkNanos(1_000_000);
            }
            check(works, carrier, count + warm);
            say("%s: taking in at %d orders/s while they are bought: %s", store.kind, rate, intake);
        }
    }

    private static void accepted(Taken taken) {
        if (taken.result() != Taken.Result.ACCEPTED) {
            throw new IllegalStateException("not taken in: " + taken);
        }
    }

    private static void check(Cluster works, SteadyCarrier carrier, int expected) {
        Map<String, Long> states = states(works);
        for (int looks = 0; states.size() > 1 && looks < 300; looks++) {
            LockSupport.parkNanos(50_000_000);
            states = states(works);
        }
        if (!states.equals(Map.of("LABELLED", (long) expected)) || carrier.boughtTwice() > 0) {
            throw new IllegalStateException("expected " + expected + " labelled, once each: " + states);
        }
    }

    private static Map<String, Long> states(Cluster works) {
        return works.ledger().read(tx -> tx.backlog().countByState());
    }

    private static void awaitDelivered(Cluster works, int events) {
        while (works.delivered() < events) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
