package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.measure.Money;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A carrier in memory with a book of its own, and a script of what goes wrong next. */
public final class FakeCarrier implements Carrier, Rates, Voids, Fees {
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

    private final AtomicInteger sold = new AtomicInteger();

    /** The bodies of those requests. */
    public final List<String> bodies = new CopyOnWriteArrayList<>();
    /** How many look-ups arrived. */
    public final AtomicInteger lookUps = new AtomicInteger();
    /** How often a label was asked for again. */
    public final AtomicInteger fetches = new AtomicInteger();
    /** Until it is opened, late answers are on their way. */
    public final CountDownLatch lateAnswers = new CountDownLatch(1);
    /** What happens while a label is asked for again. */
    public volatile Runnable whileFetching = () -> {};
    /** A look-up cannot be made. */
    public volatile boolean unreachable;
    /** A look-up ends the hub. */
    public volatile boolean dies;
    /** A look-up does not find yet what was sold. */
    public volatile boolean lagging;

    /** What the next voids answer; when empty, the label is voided and its price given back. */
    /** What else it tells a price of. */
    public final List<Rate> ratesBeside = new CopyOnWriteArrayList<>();

    public final Deque<Voided> voidScript = new ConcurrentLinkedDeque<>();
    /** Every number whose void was asked for. */
    public final List<String> voidsAsked = new CopyOnWriteArrayList<>();
    /** The numbers of labels that were given back. */
    public final Set<String> voided = ConcurrentHashMap.newKeySet();
    /** What the void of every label answers, until it is null. */
    public volatile @Nullable Voided everyVoid;
    /** What the void of one label answers, by its number. */
    public final Map<String, Voided> voidsOf = new ConcurrentHashMap<>();
    /** What is booked is the bill. */
    public volatile boolean theBill;
    /** A label can be printed again, and is found with its bytes. */
    public volatile boolean reprints = true;
    /** What it sold it neither prints again nor names. */
    public volatile boolean tellsNoMore;

    /** What it tells under every reference beside what was sold there. */
    public final List<Outcome.Bought> besides = new CopyOnWriteArrayList<>();

    /** Look-ups name a sale by another number than its purchase did; its tracking number stays. */
    public volatile boolean findsUnderAnotherNumber;
    /** What a tracking number begins with that the carrier's own number of a sale does not. */
    public volatile String tracks = "";
    /** The field a refusal names. */
    public volatile String refusesAt = "/shipTo/line1";
    /** How many parcels one purchase takes. */
    public volatile int mostParcels = Integer.MAX_VALUE;
    /** It asks nobody before it buys. */
    public volatile boolean preparesAlone = true;
    /** The number of the order its adapter cannot make a request of. */
    public volatile @Nullable String breaksOn;
    /** The parts of a price, when it has several. */
    public volatile List<Charge> parts = List.of();

    /** What was booked for a label, by its number. */
    public final Map<String, List<Charge>> booked = new ConcurrentHashMap<>();

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
        return new Account(name, "fake", carrier, Set.of(), 4, settle, "on_creation", lookUpProven);
    }

    /** @param chargeEvent {@code on_creation | on_carrier_acceptance} */
    public static Account account(String name, Carrier carrier, String chargeEvent, Aftercare aftercare) {
        return new Account(name, "fake", carrier, Set.of(), 4, Duration.ofMillis(50), chargeEvent, false, aftercare);
    }

    @Override
    public boolean areTheBill() {
        return theBill;
    }

    @Override
    public Optional<List<Charge>> fees(ShipmentId id, Ref ref) {
        return Optional.ofNullable(booked.get(id.value()));
    }

    /** Books a credit for every label that was given back. */
    public void credits(String amount) {
        voided.addAll(voidsAsked);
        voidsAsked.forEach(number -> booked.put(
                number,
                List.of(
                        new Charge("shipping", Money.of(amount, "USD"), null, null),
                        new Charge("adjustment", Money.of("-" + amount, "USD"), null, null))));
    }

    /** What is sold and not given back. */
    public long live() {
        return book.values().stream()
                .filter(sale -> !voided.contains(sale.id().value()))
                .count();
    }

    public void labelIsReady(boolean ready) {
        labelIsReady = ready;
    }

    @Override
    public IdempotencyClass idempotency() {
        return kind;
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return mostParcels;
    }

    @Override
    public boolean preparesAlone() {
        return preparesAlone;
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        if (ref.orderNumber().equals(breaksOn)) {
            throw new IllegalStateException("the adapter has a bug");
        }
        Refusals.requireParcels(shipment, mostParcels);
        String boxes = shipment.parcels().stream()
                .map(parcel -> String.valueOf(parcel.reference()))
                .collect(Collectors.joining(" "));
        String body = "{\"order\":\"" + ref.orderNumber() + "\",\"service\":\"" + shipment.service() + "\",\"boxes\":\""
                + boxes + "\"}";
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
            case REFUSE -> new Outcome.Refused("street unknown", "E17", refusesAt, new byte[0]);
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
            String number = "F" + (100_000 + sold.getAndIncrement());
            return new Outcome.Bought(
                    new ShipmentId(number),
                    List.of(new ExternalNumber("tracking", 1, tracks + number)),
                    parts.isEmpty()
                            ? List.of(new Charge("shipping", Money.of(price, "USD"), "BASE", "Base price"))
                            : parts,
                    withLabel ? Optional.of(label("PDF")) : Optional.empty(),
                    "sold".getBytes(UTF_8));
        });
    }

    @Override
    public Found find(Ref ref) {
        lookUps.incrementAndGet();
        if (dies) {
            throw new OutOfMemoryError("the hub ends");
        }
        if (unreachable) {
            return new Found.Unreachable("connection refused");
        }
        if (kind == IdempotencyClass.C) {
            return new Found.Impossible();
        }
        Outcome.Bought sale =
                book.get(kind == IdempotencyClass.A ? ref.purchaseKey().toString() : ref.value());
        if (sale == null || lagging) {
            return new Found.Nothing();
        }
        if (tellsNoMore) {
            return new Found.Untold("it was printed three times");
        }
        Outcome.Bought found = reprints ? sale : withoutLabel(sale);
        if (!besides.isEmpty()) {
            return Found.Untold.several(
                    Stream.concat(Stream.of(found), besides.stream()).toList());
        }
        return new Found.Sold(findsUnderAnotherNumber ? renamed(found) : found);
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        fetches.incrementAndGet();
        whileFetching.run();
        if (!reprints || !isSold(id)) {
            return new Fetched.Gone("no such label");
        }
        return labelIsReady ? new Fetched.Ready(label(request.format())) : new Fetched.NotYet("printing");
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        Money total = Money.of(price, "USD");
        return Stream.concat(
                        Stream.of(new Rate(
                                "ground", List.of(new Charge("shipping", total, null, null)), total, 3, null, null)),
                        ratesBeside.stream())
                .toList();
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        voidsAsked.add(id.value());
        Voided scripted =
                Optional.ofNullable(voidsOf.getOrDefault(id.value(), everyVoid)).orElseGet(voidScript::poll);
        if (scripted != null) {
            return scripted;
        }
        if (!isSold(id)) {
            return new Voided.Refused("label_not_found", "no label " + id.value());
        }
        return voided.add(id.value())
                ? new Voided.Done(Money.of(price, "USD"))
                : new Voided.Refused("label_already_voided", "voided before");
    }

    private boolean isSold(ShipmentId id) {
        return book.values().stream().anyMatch(sale -> sale.id().equals(id));
    }

    private static Outcome.Bought renamed(Outcome.Bought sale) {
        ShipmentId other = new ShipmentId("S-" + sale.id().value());
        return new Outcome.Bought(other, sale.numbers(), sale.charges(), sale.label(), sale.response());
    }

    private static Outcome.Bought withoutLabel(Outcome.Bought sale) {
        return new Outcome.Bought(sale.id(), sale.numbers(), sale.charges(), Optional.empty(), sale.response());
    }

    private static Label label(String format) {
        return new Label(
                List.of(new Label.Document("shipping_label", 1, format, "4x6", ("label " + format).getBytes(UTF_8))));
    }

    public static Deque<Turn> turns(Turn... turns) {
        return new ArrayDeque<>(List.of(turns));
    }
}
