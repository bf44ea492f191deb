package io.waybill.bench;

import io.waybill.carrier.Account;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * What a carrier that hangs does to the others: four accounts of twelve workers, orders at a steady rate round and round,
 * from the moment each is due to be taken in until its label's event is delivered. First all carriers answer after 20 ms,
 * then the first one after 30 s, on the same hub.
 */
final class Hang {
    private static final List<String> ACCOUNTS = List.of("hanging", "second", "third", "fourth");
    private static final int SECONDS = 20;

    private final Store store;
    private final int rate;
    private final Map<String, Long> due = new ConcurrentHashMap<>();

    Hang(Store store, int rate) {
        this.store = store;
        this.rate = rate;
    }

    void run() throws Exception {
        List<SteadyCarrier> carriers = ACCOUNTS.stream()
                .map(name -> new SteadyCarrier(name, Duration.ofMillis(20)))
                .toList();
        List<Account> accounts = IntStream.range(0, carriers.size())
                .mapToObj(i -> carriers.get(i).account(ACCOUNTS.get(i), 12))
                .toList();
        Works works = new Works(store.next(), accounts);
        phase(works, "warm-up", ACCOUNTS);
        Spread before = phase(works, "all well", ACCOUNTS);
        carriers.get(0).answer = Duration.ofSeconds(30);
        Spread during = phase(works, "one hangs", ACCOUNTS.subList(1, ACCOUNTS.size()));
        Purchases.say(
                "%s: the three others while one hangs 30 s: median %.2f of before, p99 %.2f of before",
                store.kind, during.millis(0.5) / before.millis(0.5), during.millis(0.99) / before.millis(0.99));
        carriers.get(0).answer = Duration.ofMillis(20);
    }

    /** @param counted the accounts whose orders are timed and waited for */
    private Spread phase(Works works, String name, List<String> counted) throws InterruptedException {
        Spread spread = new Spread();
        List<String> others = ACCOUNTS.subList(1, ACCOUNTS.size());
        works.onLabelled = order -> {
            Long start = due.remove(order);
            if (start != null && others.contains(order.substring(0, order.indexOf('-')))) {
                spread.add(System.nanoTime() - start);
            }
        };
        Pace.run(rate, rate * SECONDS, 16, number -> {
            String account = ACCOUNTS.get(number % ACCOUNTS.size());
            String order = account + "-" + name.replace(' ', '-') + number;
            due.put(order, System.nanoTime());
            works.take(Works.order(order, account));
        });
        while (due.keySet().stream().anyMatch(order -> counted.contains(order.substring(0, order.indexOf('-'))))) {
            LockSupport.parkNanos(5_000_000);
        }
        Purchases.say("  %s, %s: %s", store.kind, name, spread);
        return spread;
    }
}
