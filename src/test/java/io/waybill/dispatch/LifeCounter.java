package io.waybill.dispatch;

import io.waybill.carrier.Charge;
import io.waybill.measure.Money;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Where a carrier of a walk is asked: what every answer of it is made of.
 *
 * @param meanwhile what happens elsewhere while the hub waits for an answer
 */
record LifeCounter(LifeNature nature, LifeMood mood, LifeSales sales, Consumer<String> history, Runnable meanwhile) {
    static final Money SHIPPING = Money.of("8.10", "USD");
    static final Money FUEL = Money.of("1.20", "USD");
    static final Money BOTH = SHIPPING.plus(FUEL);

    static Charge shipping(Money amount) {
        return new Charge("shipping", amount, null, null);
    }

    /** While it thinks of an answer, other things happen. */
    SplittableRandom asked(String question) {
        SplittableRandom dice = mood.dice(question);
        meanwhile.run();
        return dice;
    }

    void tell(String what) {
        history.accept(nature.name() + " " + what);
    }
}
