package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Carrier;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids;
import io.waybill.measure.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A carrier with a book of its own, whom chance makes slow, silent, forgetful or stubborn, within what its class
 * promises: A sells once per key; B shows by a look-up, within {@link #EFFECT} + {@link #LAG} of a request, what came of
 * it; C shows nothing.
 */
final class VirtualCarrier implements Carrier, Voids {
    /** The longest a request may be on its way. */
    static final long TRAVEL = 30_000;
    /** The longest between its arrival and its sale. */
    static final long EFFECT = 55_000;
    /** The longest until a look-up shows a sale. */
    static final long LAG = 5_000;

    static final Money SHIPPING = Money.of("8.10", "USD");
    static final Money FUEL = Money.of("1.20", "USD");

    /** A label that was sold. */
    static final class Sale {
        final String id;
        final Ref ref;
        final long shown;
        final long printed;
        boolean voided;

        Sale(String id, Ref ref, long shown, long printed) {
            this.id = id;
            this.ref = ref;
            this.shown = shown;
            this.printed = printed;
        }
    }

    private record Effect(long at, Ref ref) {}

    final IdempotencyClass kind;
    /** Its look-ups show every sale in time. */
    final boolean proven;

    /** What was sold, in order. */
    final List<Sale> book = new ArrayList<>();
    /** From now on all goes well. */
    boolean calm;

    private final Chance chance;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Sale> byKey = new LinkedHashMap<>();
    private final List<Effect> effects = new ArrayList<>();

    VirtualCarrier(IdempotencyClass kind, boolean proven, Chance chance) {
        this.kind = kind;
        this.proven = proven;
        this.chance = chance;
    }

    @Override
    public IdempotencyClass idempotency() {
        return kind;
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        if (!calm && chance.of(2)) {
            throw new IllegalStateException("the adapter has a bug");
        }
        if (!calm && chance.of(1)) {
            throw new RefusedException("too heavy", "/parcels/0/weight");
        }
        return new Prepared(ref, ref.orderNumber().getBytes(UTF_8));
    }

    @Override
    public Outcome buy(Prepared request) {
        Ref ref = request.ref();
        if (kind != IdempotencyClass.A && !asked.add(ref.value())) {
            throw new AssertionError(ref.value() + " was sent twice to a carrier without keys");
        }
        long sent = VirtualTime.millis();
        try {
            chance.wait("request " + ref.value());
        } catch (Crash crash) {
            long left = sent + TRAVEL - VirtualTime.millis();
            if (left > 0 && chance.of(40)) {
                chance.tell("the request of the killed process is still on its way");
                effects.add(new Effect(VirtualTime.millis() + chance.upTo(left), ref));
            }
            throw crash;
        }
        boolean late = VirtualTime.millis() - sent > TRAVEL;
        if (late && (kind != IdempotencyClass.A) && chance.of(50)) {
            return lost("never arrived");
        }
        if (late) {
            chance.spare();
        }
        Outcome outcome = arrive(ref, late);
        chance.wait("answer " + ref.value());
        return outcome;
    }

    private Outcome arrive(Ref ref, boolean late) {
        Sale known = kind == IdempotencyClass.A ? byKey.get(key(ref)) : null;
        if (kind == IdempotencyClass.A
                && effects.stream().anyMatch(effect -> key(effect.ref).equals(key(ref)))) {
            return lost("this key is being worked on");
        }
        int turn = calm || late ? 0 : chance.upTo(100);
        if (turn < 45) {
            return bought(known == null ? sell(ref) : known);
        } else if (turn < 62) {
            chance.tell("carrier sells " + ref.value() + " and says 503");
            if (known == null) {
                sell(ref);
            }
            return lost("503");
        } else if (turn < 72) {
            chance.tell("carrier drops " + ref.value());
            return lost("connection reset");
        } else if (turn < 82) {
            long at = VirtualTime.millis() + chance.upTo(EFFECT);
            chance.tell("carrier will sell " + ref.value() + " at " + at);
            effects.add(new Effect(at, ref));
            return lost("timed out");
        } else if (turn < 90) {
            return new Outcome.NotSent(
                    "429", chance.of(50) ? Optional.of(Duration.ofSeconds(3)) : Optional.empty(), NONE);
        } else if (turn < 95 && known == null) {
            return new Outcome.Refused("street unknown", "E17", null, NONE);
        }
        if (chance.of(50)) {
            sell(ref);
        }
        throw new IllegalStateException("the adapter broke on the answer");
    }

    private static final byte[] NONE = {};

    private static Outcome lost(String why) {
        return new Outcome.Unknown(why, NONE);
    }

    /** What is on its way takes effect, up to now. */
    void takeEffect() {
        List<Effect> due = effects.stream()
                .filter(effect -> effect.at <= VirtualTime.millis())
                .toList();
        effects.removeAll(due);
        due.forEach(effect -> sell(effect.ref, effect.at));
    }

    private Sale sell(Ref ref) {
        return sell(ref, VirtualTime.millis());
    }

    private Sale sell(Ref ref, long at) {
        if (kind == IdempotencyClass.A && byKey.containsKey(key(ref))) {
            return byKey.get(key(ref));
        }
        Sale sale = new Sale(
                "L" + (book.size() + 1),
                ref,
                at + chance.upTo(proven || kind == IdempotencyClass.A ? LAG : 300_000),
                chance.of(25) ? at + chance.upTo(20_000) : at);
        book.add(sale);
        byKey.put(key(ref), sale);
        chance.tell("carrier sells " + sale.id + " for " + ref.value());
        return sale;
    }

    private static String key(Ref ref) {
        return ref.purchaseKey().toString();
    }

    private Outcome.Bought bought(Sale sale) {
        return new Outcome.Bought(
                new ShipmentId(sale.id),
                List.of(new ExternalNumber("tracking", 1, sale.id + "@" + sale.ref.value())),
                List.of(new Charge("shipping", SHIPPING, null, null), new Charge("fuel_charge", FUEL, null, null)),
                sale.printed <= VirtualTime.millis() ? Optional.of(label()) : Optional.empty(),
                NONE);
    }

    /** A label is one parcel. */
    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return 1;
    }

    @Override
    public Found find(Ref ref) {
        chance.wait("look-up " + ref.value());
        if (kind == IdempotencyClass.C) {
            return new Found.Impossible();
        }
        if (!calm && chance.of(8)) {
            return new Found.Unreachable("connection refused");
        }
        if (!calm && chance.of(2)) {
            throw new IllegalStateException("the adapter broke on a look-up");
        }
        return book.stream()
                .filter(sale -> kind == IdempotencyClass.A
                        ? key(sale.ref).equals(key(ref))
                        : sale.ref.value().equals(ref.value()))
                .filter(sale -> sale.shown <= VirtualTime.millis())
                .findFirst()
                .<Found>map(sale -> new Found.Sold(bought(sale)))
                .orElseGet(Found.Nothing::new);
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        chance.wait("label " + id.value());
        if (!calm && chance.of(5)) {
            throw new IllegalStateException("the adapter broke on a label");
        }
        return sale(id).printed <= VirtualTime.millis() ? new Fetched.Ready(label()) : new Fetched.NotYet("printing");
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        chance.wait("void " + id.value());
        Sale sale = sale(id);
        int turn = calm ? 0 : chance.upTo(100);
        if (turn >= 75 && turn < 90) {
            return new Voided.Unknown("502");
        } else if (turn >= 90 && !sale.voided) {
            return new Voided.Refused("label_already_used", "it has been scanned");
        }
        boolean before = sale.voided;
        sale.voided = true;
        chance.tell("carrier voids " + sale.id);
        chance.wait("answer to the void of " + id.value());
        if (before) {
            return new Voided.Refused("label_already_voided", "it is void");
        }
        return turn < 60 ? new Voided.Done(SHIPPING.plus(FUEL)) : new Voided.Unknown("timed out");
    }

    private Sale sale(ShipmentId id) {
        return book.stream()
                .filter(sale -> sale.id.equals(id.value()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody sold " + id.value()));
    }

    private static Label label() {
        return new Label(List.of(new Label.Document("shipping_label", 1, "PDF", "4x6", new byte[] {'%'})));
    }
}
