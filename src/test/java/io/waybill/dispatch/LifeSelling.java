package io.waybill.dispatch;

import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Label;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.ShipmentId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** How a carrier of a walk answers who buys a label, looks for one it bought, or wants its paper. */
final class LifeSelling {
    private static final byte[] NONE = {};

    private final LifeCounter counter;
    private final LifeSales sales;

    LifeSelling(LifeCounter counter) {
        this.counter = counter;
        this.sales = counter.sales();
    }

    Outcome buy(Prepared request) {
        String question = "buy " + request.ref().value();
        if (counter.mood().wasAsked(question) && !counter.nature().hasKeys()) {
            throw new AssertionError(request.ref().value() + " was sent twice to a carrier without keys");
        }
        Outcome outcome = arrive(request, counter.asked(question));
        counter.meanwhile().run();
        return outcome;
    }

    private Outcome arrive(Prepared request, SplittableRandom dice) {
        Ref ref = request.ref();
        if (sales.isOnItsWay(ref)) {
            return new Outcome.Unknown("this key is being worked on", NONE);
        }
        LifeSale known = sales.known(ref);
        int turn = counter.mood().turn(dice, 0);
        if (turn < 32) {
            return bought(known == null ? sales.sell(request, dice) : known);
        } else if (turn < 46) {
            counter.tell("sells " + ref.value() + " and says 503");
            sellOnce(request, known, dice);
            if (counter.nature().kind() == IdempotencyClass.B && dice.nextInt(3) == 0) {
                sales.sellAgain(ref);
            }
            return new Outcome.Unknown("503", NONE);
        } else if (turn < 58) {
            counter.tell("drops " + ref.value());
            return new Outcome.Unknown("connection reset", NONE);
        } else if (turn < 70) {
            counter.tell("will sell " + ref.value() + " later");
            sales.later(request, dice.nextInt(55_000));
            return new Outcome.Unknown("timed out", NONE);
        } else if (turn < 80) {
            return new Outcome.NotSent("429", Optional.of(Duration.ofSeconds(3)), NONE);
        } else if (turn < 95 && known == null) {
            counter.tell("refuses " + ref.value());
            return new Outcome.Refused("street unknown", "E17", "/shipTo/line1", NONE);
        }
        if (dice.nextBoolean()) {
            sellOnce(request, known, dice);
        }
        throw new LifeCarrier.Bug("the adapter broke on the answer");
    }

    private void sellOnce(Prepared request, @Nullable LifeSale known, SplittableRandom dice) {
        if (known == null) {
            sales.sell(request, dice);
        }
    }

    private Outcome.Bought bought(LifeSale sale) {
        return new Outcome.Bought(
                new ShipmentId(sale.id),
                List.of(new ExternalNumber("tracking", 1, "1Z" + sale.id)),
                List.of(
                        LifeCounter.shipping(LifeCounter.SHIPPING),
                        new Charge("fuel_charge", LifeCounter.FUEL, null, null)),
                sales.isPrinted(sale) ? Optional.of(label()) : Optional.empty(),
                NONE);
    }

    Found find(Ref ref) {
        SplittableRandom dice = counter.asked("find " + ref.value());
        if (counter.nature().kind() == IdempotencyClass.C) {
            return new Found.Impossible();
        }
        int turn = counter.mood().turn(dice, 99);
        if (turn < 8) {
            return new Found.Unreachable("connection refused");
        } else if (turn < 10) {
            throw new LifeCarrier.Bug("the adapter broke on a look-up");
        }
        List<Outcome.Bought> found = sales.shown(ref).stream()
                .map(this::bought)
                .map(sale -> counter.nature().reprints() ? sale : withoutLabel(sale))
                .toList();
        return found.isEmpty()
                ? new Found.Nothing()
                : found.size() == 1 ? new Found.Sold(found.get(0)) : Found.Untold.several(found);
    }

    private static Outcome.Bought withoutLabel(Outcome.Bought sale) {
        return new Outcome.Bought(sale.id(), sale.numbers(), sale.charges(), Optional.empty(), sale.response());
    }

    Fetched fetch(ShipmentId id) {
        SplittableRandom dice = counter.asked("fetch " + id.value());
        if (counter.mood().turn(dice, 99) < 5) {
            throw new LifeCarrier.Bug("the adapter broke on a label");
        }
        Optional<LifeSale> sold = sales.of(id);
        if (sold.isEmpty() || sold.get().voided || (!counter.nature().reprints() && sold.get().given)) {
            return new Fetched.Gone("no such label");
        }
        LifeSale sale = sold.get();
        sale.given = sales.isPrinted(sale);
        return sale.given ? new Fetched.Ready(label()) : new Fetched.NotYet("printing");
    }

    private static Label label() {
        return new Label(List.of(new Label.Document("shipping_label", 1, "PDF", "4x6", new byte[] {'%'})));
    }
}
