package io.waybill.bench;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Calls at a steady rate, whatever earlier calls do: a call that begins late counts from when it was due. */
final class Pace {
    private Pace() {}

    static Spread run(int rate, int count, int threads, IntConsumer call) throws InterruptedException {
        Spread spread = new Spread();
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int number = i;
            long due = start + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            callers.execute(() -> {
                call.accept(number);
                spread.add(System.nanoTime() - due);
            });
        }
        callers.shutdown();
        callers.awaitTermination(10, TimeUnit.MINUTES);
        return spread;
    }
}
