package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.measure.Money;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A carrier in memory with a book of its own, and a script of what goes wrong next. */
public final class FakeCarrier implements Carrier, Rates, Voids {
    /** What the next purchase does. */
    public enum Turn {
        SELL,
        SELL_AND_LOSE_THE_ANSWER,
        LOSE_THE_REQUEST,
        REFUSE,
        NOT_SENT,
        SELL_WITHOUT_LABEL,
        SELL_AND_ANSWER_LATE,
        BREAK
    }

    public final Deque<Turn> script = new ConcurrentLinkedDeque<>();
    /** Every purchase request that arrived, by ref. */
    public final List<String> asked = new CopyOnWriteArrayList<>();
    /** What was sold, by purchase key for class A and by ref otherwise. */
    public final Map<String, Outcome.Bought> book = new ConcurrentHashMap<>();

    /** The bodies of those requests. */
    public final List<String> bodies = new CopyOnWriteArrayList<>();
    /** How many look-ups arrived. */
    public final AtomicInteger lookUps = new AtomicInteger();
    /** Until it is opened, late answers are on their way. */
    public final CountDownLatch lateAnswers = new CountDownLatch(1);
    /** A look-up cannot be made. */
    public volatile boolean unreachable;
    /** A look-up does not find yet what was sold. */
    public volatile boolean lagging;

    private final IdempotencyClass kind;
    private final String price;
    private volatile boolean labelIsReady = true;

    public FakeCarrier(IdempotencyClass kind, String price) {
        this.kind = kind;
        this.price = price;
    }

    public static Account account(String name, FakeCarrier carrier) {
        return account(name, carrier, Duration.ofMillis(50), false);
    }

    public static Account account(String name, FakeCarrier carrier, Duration settle, boolean lookUpProven) {
        return new Account(name, "fake", carrier, java.util.Set.of(), 4, settle, "on_creation", lookUpProven);
    }

    public void labelIsReady(boolean ready) {
        labelIsReady = ready;
    }

    @Override
    public IdempotencyClass idempotency() {
        return kind;
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        String body = "{\"order\":\"" + ref.orderNumber() + "\",\"service\":\"" + shipment.service() + "\"}";
        return new Prepared(ref, body.getBytes(UTF_8));
    }

    @Override
    public Outcome buy(Prepared prepared) {
        asked.add(prepared.ref().value());
        bodies.add(new String(prepared.bytes(), UTF_8));
        Turn turn = Optional.ofNullable(script.poll()).orElse(Turn.SELL);
        return switch (turn) {
            case SELL -> sell(prepared.ref(), true);
            case SELL_WITHOUT_LABEL -> sell(prepared.ref(), false);
            case SELL_AND_LOSE_THE_ANSWER -> {
                sell(prepared.ref(), true);
                yield new Outcome.Unknown("connection reset", new byte[0]);
            }
            case LOSE_THE_REQUEST -> new Outcome.Unknown("timed out", new byte[0]);
            case REFUSE -> new Outcome.Refused("street unknown", "E17", "/shipTo/line1", new byte[0]);
            case SELL_AND_ANSWER_LATE -> {
                Outcome.Bought sale = sell(prepared.ref(), true);
                awaitLateAnswers();
                yield sale;
            }
            case BREAK -> throw new IllegalStateException("the adapter has a bug");
            case NOT_SENT -> new Outcome.NotSent("429", Optional.of(Duration.ofMillis(20)), new byte[0]);
        };
    }

    private void awaitLateAnswers() {
        try {
            if (!lateAnswers.await(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let the late answers go");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sells without being asked by a purchase that is under way: what an earlier request did in the end. */
    public void sellUnder(Ref ref) {
        sell(ref, true);
    }

    private Outcome.Bought sell(Ref ref, boolean withLabel) {
        String key = kind == IdempotencyClass.A ? ref.purchaseKey().toString() : ref.value();
        return book.computeIfAbsent(key, k -> {
            String number = "F" + (100_000 + book.size());
            return new Outcome.Bought(
                    new ShipmentId(number),
                    List.of(new ExternalNumber("tracking", 1, number)),
                    List.of(new Charge("shipping", Money.of(price, "USD"), "BASE", "Base price")),
                    withLabel ? Optional.of(label("PDF")) : Optional.empty(),
                    "sold".getBytes(UTF_8));
        });
    }

    @Override
    public Found find(Ref ref) {
        lookUps.incrementAndGet();
        if (unreachable) {
            return new Found.Unreachable("connection refused");
        }
        if (kind == IdempotencyClass.C) {
            return new Found.Impossible();
        }
        Outcome.Bought sale =
                book.get(kind == IdempotencyClass.A ? ref.purchaseKey().toString() : ref.value());
        return sale == null || lagging ? new Found.Nothing() : new Found.Sold(sale);
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        return labelIsReady ? new Fetched.Ready(label(request.format())) : new Fetched.NotYet("printing");
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        Money total = Money.of(price, "USD");
        return List.of(new Rate("ground", List.of(new Charge("shipping", total, null, null)), total, 3, null, null));
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        return new Voided.Done(Money.of(price, "USD"));
    }

    private static Label label(String format) {
        return new Label(
                List.of(new Label.Document("shipping_label", 1, format, "4x6", ("label " + format).getBytes(UTF_8))));
    }

    public static Deque<Turn> turns(Turn... turns) {
        return new ArrayDeque<>(List.of(turns));
    }
}
