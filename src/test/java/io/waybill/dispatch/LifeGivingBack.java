package io.waybill.dispatch;

import io.waybill.carrier.Charge;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids.Voided;
import io.waybill.measure.Money;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** How a carrier of a walk answers who gives a label back, or asks what it cost in the end. */
final class LifeGivingBack {
    private final LifeCounter counter;

    LifeGivingBack(LifeCounter counter) {
        this.counter = counter;
    }

    Voided cancel(ShipmentId id) {
        SplittableRandom dice = counter.asked("void " + id.value());
        Optional<LifeSale> found = counter.sales().of(id);
        if (found.isEmpty()) {
            return new Voided.Refused("label_not_found", "no label " + id.value());
        }
        int turn = counter.mood().turn(dice, 0);
        if (found.get().voided) {
            return new Voided.Refused("label_already_voided", "it is void");
        } else if (turn >= 90) {
            return new Voided.Refused("label_already_used", "it has been scanned");
        } else if (turn >= 80) {
            return new Voided.Pending("in work");
        } else if (turn >= 70) {
            return new Voided.Unknown("502");
        }
        take(found.get());
        return turn < 45
                ? new Voided.Done(LifeCounter.BOTH)
                : turn < 58 ? new Voided.Done(null) : new Voided.Unknown("timed out");
    }

    private void take(LifeSale sale) {
        sale.voided = true;
        counter.tell("voids " + sale.id);
        counter.meanwhile().run();
    }

    /** A credit is booked some time after the void. */
    Optional<List<Charge>> fees(ShipmentId id) {
        SplittableRandom dice = counter.asked("fees " + id.value());
        int turn = counter.mood().turn(dice, 99);
        if (turn < 10) {
            throw new LifeCarrier.Bug("the adapter broke on fees");
        }
        return counter.sales().of(id).filter(sale -> turn > 40).map(LifeGivingBack::fees);
    }

    private static List<Charge> fees(LifeSale sale) {
        Charge paid = LifeCounter.shipping(LifeCounter.BOTH);
        Money back = new Money(LifeCounter.BOTH.amount().negate(), LifeCounter.BOTH.currency());
        return sale.voided ? List.of(paid, LifeCounter.shipping(back)) : List.of(paid);
    }
}
