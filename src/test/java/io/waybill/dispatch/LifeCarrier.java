package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Carrier;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fees;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Manifests;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids;
import io.waybill.measure.Money;
import io.waybill.order.Address;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A carrier with a book of its own. How it answers comes of a seed and of what it is asked, so that it answers the same
 * where other questions are left out; until it is calm. While it is asked, other things happen.
 */
final class LifeCarrier implements Carrier, Voids, Rates, Fees, Manifests {
    static final Money SHIPPING = Money.of("8.10", "USD");
    static final Money FUEL = Money.of("1.20", "USD");

    private static final Money BOTH = SHIPPING.plus(FUEL);
    private static final byte[] NONE = {};

    /** A label that was sold. */
    static final class Sale {
        final String id;
        final Ref ref;
        /** Where to, and in which boxes. */
        final String content;

        final long shown;
        final long printed;
        boolean voided;
        /** Its label was sent, heard or not. */
        boolean given;
        /** It is in a manifest. */
        boolean closed;

        Sale(String id, Ref ref, String content, long shown, long printed) {
            this.id = id;
            this.ref = ref;
            this.content = content;
            this.shown = shown;
            this.printed = printed;
        }
    }

    /** Of an adapter. */
    static final class Bug extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Bug(String message) {
            super(message);
        }
    }

    private record Effect(long at, Prepared request) {}

    final IdempotencyClass kind;
    final List<Sale> book = new ArrayList<>();

    /** Prints a label again, at any time. */
    final boolean reprints;

    private final boolean proven;
    private final int parcels;
    final String name;
    private final long seed;
    private final Consumer<String> history;
    private final Runnable meanwhile;
    private final Map<String, Integer> asked = new HashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private final Map<String, Sale> byKey = new HashMap<>();
    boolean calm;
    long now;

    LifeCarrier(String name, long seed, Consumer<String> history, Runnable meanwhile) {
        this.name = name;
        this.seed = seed;
        this.history = history;
        this.meanwhile = meanwhile;
        SplittableRandom dice = new SplittableRandom(seed);
        this.kind = List.of(IdempotencyClass.values()).get(dice.nextInt(3));
        this.proven = kind == IdempotencyClass.B && dice.nextBoolean();
        this.parcels = dice.nextInt(2) == 0 ? 1 : 9;
        this.reprints = dice.nextInt(4) > 0;
    }

    boolean isProven() {
        return proven;
    }

    @Override
    public String toString() {
        return name + ": class " + kind + (proven ? ", proven" : "") + ", " + parcels + " parcel(s) a purchase"
                + (reprints ? "" : ", prints nothing again");
    }

    @Override
    public IdempotencyClass idempotency() {
        return kind;
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return parcels;
    }

    /** The same question, asked for the n-th time, rolls the same. */
    private SplittableRandom dice(String question) {
        int times = asked.merge(question, 1, Integer::sum);
        return new SplittableRandom(seed * 31 + question.hashCode() * 1_000_003L + times * 7_919L);
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        SplittableRandom dice = dice("prepare " + ref.value());
        if (!calm && dice.nextInt(100) < 2) {
            throw new Bug("the adapter has a bug");
        }
        String boxes = shipment.parcels().stream()
                .map(parcel -> parcel.reference() == null ? "?" : parcel.reference())
                .collect(Collectors.joining("+"));
        String content = shipment.order().shipTo().line1() + " in " + boxes;
        return new Prepared(ref, content.getBytes(UTF_8));
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        Money total = Money.of(name.equals("fake") ? "9.30" : "9.40", "USD");
        return List.of(new Rate("ground", List.of(new Charge("shipping", total, null, null)), total, 3, null, null));
    }

    @Override
    public Outcome buy(Prepared request) {
        Ref ref = request.ref();
        SplittableRandom dice = dice("buy " + ref.value());
        if (asked.get("buy " + ref.value()) > 1 && kind != IdempotencyClass.A) {
            throw new AssertionError(ref.value() + " was sent twice to a carrier without keys");
        }
        meanwhile.run();
        Outcome outcome = arrive(request, dice);
        meanwhile.run();
        return outcome;
    }

    private Outcome arrive(Prepared request, SplittableRandom dice) {
        Ref ref = request.ref();
        Sale known = kind == IdempotencyClass.A ? byKey.get(key(ref)) : null;
        if (kind == IdempotencyClass.A
                && effects.stream().anyMatch(effect -> key(effect.request.ref()).equals(key(ref)))) {
            return new Outcome.Unknown("this key is being worked on", NONE);
        }
        int turn = calm ? 0 : dice.nextInt(100);
        if (turn < 32) {
            return bought(known == null ? sell(request, now, dice) : known);
        } else if (turn < 46) {
            history.accept(name + " sells " + ref.value() + " and says 503");
            if (known == null) {
                sell(request, now, dice);
            }
            return new Outcome.Unknown("503", NONE);
        } else if (turn < 58) {
            history.accept(name + " drops " + ref.value());
            return new Outcome.Unknown("connection reset", NONE);
        } else if (turn < 70) {
            long at = now + dice.nextInt(55_000);
            history.accept(name + " will sell " + ref.value() + " later");
            effects.add(new Effect(at, request));
            return new Outcome.Unknown("timed out", NONE);
        } else if (turn < 80) {
            return new Outcome.NotSent("429", Optional.of(Duration.ofSeconds(3)), NONE);
        } else if (turn < 95 && known == null) {
            history.accept(name + " refuses " + ref.value());
            return new Outcome.Refused("street unknown", "E17", "/shipTo/line1", NONE);
        }
        if (dice.nextBoolean() && known == null) {
            sell(request, now, dice);
        }
        throw new Bug("the adapter broke on the answer");
    }

    /** What is on its way takes effect. */
    void pass(long millis) {
        now += millis;
        List<Effect> due = effects.stream().filter(effect -> effect.at <= now).toList();
        effects.removeAll(due);
        due.forEach(effect -> {
            if (kind != IdempotencyClass.A || !byKey.containsKey(key(effect.request.ref()))) {
                sell(
                        effect.request,
                        effect.at,
                        dice("effect " + effect.request.ref().value()));
            }
        });
    }

    private Sale sell(Prepared request, long at, SplittableRandom dice) {
        boolean shows = proven || kind == IdempotencyClass.A;
        long shown = at + (shows ? dice.nextInt(5_000) : dice.nextInt(2) == 0 ? 0 : dice.nextInt(300_000));
        long printed = dice.nextInt(100) < 25 ? at + dice.nextInt(20_000) : at;
        String content = new String(request.bytes(), UTF_8);
        Sale sale = new Sale(name.substring(0, 1) + (book.size() + 1), request.ref(), content, shown, printed);
        book.add(sale);
        byKey.put(key(request.ref()), sale);
        sale.given = printed <= at;
        history.accept(name + " sells " + sale.id + " for " + request.ref().value() + " ("
                + request.ref().orderNumber() + ") to " + content);
        return sale;
    }

    private static String key(Ref ref) {
        return ref.purchaseKey().toString();
    }

    private Outcome.Bought bought(Sale sale) {
        return new Outcome.Bought(
                new ShipmentId(sale.id),
                List.of(new ExternalNumber("tracking", 1, "1Z" + sale.id)),
                List.of(new Charge("shipping", SHIPPING, null, null), new Charge("fuel_charge", FUEL, null, null)),
                sale.printed <= now ? Optional.of(label()) : Optional.empty(),
                NONE);
    }

    @Override
    public Found find(Ref ref) {
        SplittableRandom dice = dice("find " + ref.value());
        meanwhile.run();
        if (kind == IdempotencyClass.C) {
            return new Found.Impossible();
        }
        int turn = calm ? 99 : dice.nextInt(100);
        if (turn < 8) {
            return new Found.Unreachable("connection refused");
        } else if (turn < 10) {
            throw new Bug("the adapter broke on a look-up");
        }
        return book.stream()
                .filter(sale -> kind == IdempotencyClass.A
                        ? key(sale.ref).equals(key(ref))
                        : sale.ref.value().equals(ref.value()))
                .filter(sale -> sale.shown <= now)
                .findFirst()
                .map(this::bought)
                .<Found>map(sale -> new Found.Sold(reprints ? sale : withoutLabel(sale)))
                .orElseGet(Found.Nothing::new);
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        SplittableRandom dice = dice("fetch " + id.value());
        meanwhile.run();
        if (!calm && dice.nextInt(100) < 5) {
            throw new Bug("the adapter broke on a label");
        }
        Optional<Sale> sale = sale(id);
        if (sale.isEmpty() || sale.get().voided || (!reprints && sale.get().given)) {
            return new Fetched.Gone("no such label");
        }
        sale.get().given = sale.get().printed <= now;
        return sale.get().given ? new Fetched.Ready(label()) : new Fetched.NotYet("printing");
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        SplittableRandom dice = dice("void " + id.value());
        meanwhile.run();
        Optional<Sale> found = sale(id);
        if (found.isEmpty()) {
            return new Voided.Refused("label_not_found", "no label " + id.value());
        }
        Sale sale = found.get();
        int turn = calm ? 0 : dice.nextInt(100);
        if (sale.voided) {
            return new Voided.Refused("label_already_voided", "it is void");
        } else if (turn >= 70 && turn < 80) {
            return new Voided.Unknown("502");
        } else if (turn >= 80 && turn < 90) {
            return new Voided.Pending("in work");
        } else if (turn >= 90) {
            return new Voided.Refused("label_already_used", "it has been scanned");
        }
        sale.voided = true;
        history.accept(name + " voids " + sale.id);
        meanwhile.run();
        return turn < 45
                ? new Voided.Done(SHIPPING.plus(FUEL))
                : turn < 58 ? new Voided.Done(null) : new Voided.Unknown("timed out");
    }

    /** A credit is booked some time after the void. */
    @Override
    public Optional<List<Charge>> fees(ShipmentId id, Ref ref) {
        SplittableRandom dice = dice("fees " + id.value());
        meanwhile.run();
        int turn = calm ? 99 : dice.nextInt(100);
        if (turn < 10) {
            throw new Bug("the adapter broke on fees");
        }
        return sale(id).filter(sale -> turn > 40)
                .map(sale -> sale.voided
                        ? List.of(
                                charge(SHIPPING.plus(FUEL)),
                                charge(new Money(BOTH.amount().negate(), BOTH.currency())))
                        : List.of(charge(BOTH)));
    }

    private static Charge charge(Money amount) {
        return new Charge("shipping", amount, null, null);
    }

    @Override
    public int mostInOne() {
        return 2;
    }

    @Override
    public Closed close(List<ShipmentId> shipments, Address from, LocalDate day) {
        SplittableRandom dice = dice("close " + shipments);
        meanwhile.run();
        int turn = calm ? 0 : dice.nextInt(100);
        List<Sale> sales = shipments.stream().flatMap(id -> sale(id).stream()).toList();
        if (turn >= 60 && turn < 70) {
            return new Closed.Unknown("502");
        } else if (turn >= 70 && turn < 80) {
            return new Closed.Refused("not now");
        } else if (sales.stream().anyMatch(sale -> sale.closed)) {
            return new Closed.Refused("closed already");
        }
        List<Left> left = sales.stream()
                .filter(sale -> sale.voided)
                .map(sale -> new Left(new ShipmentId(sale.id), "void"))
                .toList();
        sales.stream().filter(sale -> !sale.voided).forEach(sale -> sale.closed = true);
        meanwhile.run();
        return turn < 60 ? new Closed.Done("M" + sales.get(0).id, List.of(), left) : new Closed.Unknown("timed out");
    }

    Optional<Sale> sale(ShipmentId id) {
        return book.stream().filter(sale -> sale.id.equals(id.value())).findFirst();
    }

    private static Outcome.Bought withoutLabel(Outcome.Bought sale) {
        return new Outcome.Bought(sale.id(), sale.numbers(), sale.charges(), Optional.empty(), sale.response());
    }

    private static Label label() {
        return new Label(List.of(new Label.Document("shipping_label", 1, "PDF", "4x6", new byte[] {'%'})));
    }
}
