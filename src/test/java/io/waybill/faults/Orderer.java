package io.waybill.faults;

import static org.awaitility.Awaitility.await;

import io.waybill.faults.Scenario.Traffic;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Orders over every channel, and remembers what was handed over: each of them until it is taken. */
final class Orderer implements AutoCloseable {
    private static final String CSV_HEADER =
            "order_no;cust_ref;state;order_dt;first;last;company;street;zip;city;state_code;ctry;phone;svc;sku;descr;qty;price;weight_g;picker_id\n";
    private static final String CSV_ROW =
            "%s;;released;24.11.2026 09:40;Kai;Lund;;500 Pine St;98101;Seattle;WA;USA;+12065550100;EXP;A-1;Mug, blue;1;12,50;350;17\n";
    private static final int ROWS = 10;

    private final Site site;
    private final Shop shop;
    private final ExecutorService clerk = Executors.newCachedThreadPool();
    private final Set<String> numbers = ConcurrentHashMap.newKeySet();
    private final Queue<Future<?>> handedOver = new ConcurrentLinkedQueue<>();

    Orderer(Site site) {
        this.site = site;
        this.shop = new Shop(site, 4);
    }

    /** Every order that was handed over. */
    Collection<String> numbers() {
        return List.copyOf(numbers);
    }

    /** Begins to hand something over; goes on by itself until it is taken. */
    void drive(Traffic traffic, int scenario) throws IOException {
        String number = "%s-%02d".formatted(traffic.name().replace('_', '-'), scenario);
        switch (traffic) {
            case ORDER -> order(number, "Jane Roe");
            case LOST_ANSWER -> order(number, "SANDBOX:LOSE-ANSWER Jane Roe");
            case FILE -> file(number);
            case ROW -> row(number);
            case VOID -> {
                order(number, "Jane Roe");
                handedOver.add(clerk.submit(() -> giveBack(number)));
            }
        }
    }

    Future<?> order(String number, String recipient) {
        return order(number, recipient, "ground");
    }

    Future<?> order(String number, String recipient, String service) {
        numbers.add(number);
        Future<?> sent = shop.send(number, recipient, service);
        handedOver.add(sent);
        return sent;
    }

    void row(String number) {
        numbers.add(number);
        site.shopTable.insert(number);
    }

    /** A file appears whole, as a careful writer lets it. */
    void file(String number) throws IOException {
        StringBuilder text = new StringBuilder(CSV_HEADER);
        for (int row = 1; row <= ROWS; row++) {
            String order = number + "-" + row;
            numbers.add(order);
            text.append(CSV_ROW.formatted(order));
        }
        Path written = Files.writeString(site.dropFolder().resolve(number + ".writing"), text);
        Files.move(written, site.dropFolder().resolve(number + ".csv"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns when everything handed over was acknowledged, its file removed, its row marked. */
    void awaitTaken() {
        await("everything is taken in")
                .atMost(Duration.ofSeconds(120))
                .failFast(() -> !site.hubIsAlive())
                .until(() -> {
                    for (Future<?> one : handedOver) {
                        if (one.isDone()) {
                            one.get();
                        }
                    }
                    return handedOver.stream().allMatch(Future::isDone) && folderIsEmpty() && site.shopTable.allTaken();
                });
    }

    private boolean folderIsEmpty() throws IOException {
        try (Stream<Path> left = Files.list(site.dropFolder())) {
            return left.findAny().isEmpty();
        }
    }

    /** Asks until the hub says that the label is given back, or is being given back. */
    private boolean giveBack(String number) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                String shipment = site.json("/v1/orders?orderId=" + number)
                        .at("/items/0/shipments/0/id")
                        .asText();
                HttpResponse<String> answer =
                        site.post("/v1/shipments/" + shipment + "/void", "void-" + number, "wait=2", "");
                if (answer.statusCode() / 100 == 2) {
                    return true;
                }
            } catch (IOException e) {
                // the hub is away
            } catch (InterruptedException e) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        return false;
    }

    @Override
    public void close() {
        clerk.shutdownNow();
        shop.close();
    }
}
