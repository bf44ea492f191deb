package io.waybill.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Shops that order without end, each its next order when the last was taken; now and then a file or a row. */
final class Crowd implements AutoCloseable {
    private static final int SHOPS = 3;
    private static final int EVERY_FILE = 200;
    private static final int EVERY_ROW = 15;
    private static final List<String> FAULTS = List.of(
            "SANDBOX:LOSE-ANSWER ",
            "SANDBOX:SELL-503 ",
            "SANDBOX:LATE=1 ",
            "SANDBOX:LABEL-LATER=1 ",
            "SANDBOX:DROP ",
            "SANDBOX:CUT=40 ",
            "SANDBOX:HANG=5 ");

    /** Asked of a carrier that sells anew at each try; it would also drop each. */
    private static final List<String> FAULTS_OF_LOOK_UPS = List.of(
            "SANDBOX:LOSE-ANSWER ",
            "SANDBOX:SELL-503 ",
            "SANDBOX:LATE=1 ",
            "SANDBOX:LABEL-LATER=1 ",
            "SANDBOX:HANG=5 ");

    private final Orderer orderer;
    private final boolean bothClasses;
    private final AtomicInteger serial = new AtomicInteger();
    private final List<Thread> shops = new ArrayList<>();
    private volatile boolean stopping;

    Crowd(Orderer orderer) {
        this(orderer, false);
    }

    /** @param bothClasses every third order of a shop goes {@code overnight}, numbered {@code B-…} */
    Crowd(Orderer orderer, boolean bothClasses) {
        this.orderer = orderer;
        this.bothClasses = bothClasses;
    }

    void start() {
        for (int i = 1; i <= SHOPS; i++) {
            Thread shop = new Thread(this::order, "shop-" + i);
            shop.setDaemon(true);
            shop.start();
            shops.add(shop);
        }
    }

    /** Returns when each has its last order acknowledged. */
    void stop() throws InterruptedException {
        stopping = true;
        for (Thread shop : shops) {
            shop.join();
        }
    }

    private void order() {
        try {
            while (!stopping) {
                int i = serial.incrementAndGet();
                String number = "L-%06d".formatted(i);
                if (i % EVERY_FILE == 0) {
                    orderer.file(number);
                } else if (i % EVERY_ROW == 0) {
                    orderer.row(number);
                } else if (bothClasses && i % 3 == 0) {
                    String fault = i % 2 == 0 ? "" : FAULTS_OF_LOOK_UPS.get(i / 2 % FAULTS_OF_LOOK_UPS.size());
                    orderer.order("B-%06d".formatted(i), fault + "Jane Roe", "overnight")
                            .get();
                } else {
                    String fault = i % 2 == 0 ? "" : FAULTS.get(i / 2 % FAULTS.size());
                    orderer.order(number, fault + "Jane Roe").get();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopping = true;
        shops.forEach(Thread::interrupt);
    }
}
