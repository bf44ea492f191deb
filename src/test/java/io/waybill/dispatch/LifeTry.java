package io.waybill.dispatch;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What somebody does in a walk, or what happens.
 *
 * @param number of the order it is about
 * @param uid of that order; empty when the hub does not have it
 * @param dice its own
 */
record LifeTry(String number, String uid, SplittableRandom dice) {
    <T> T one(List<T> of) {
        return of.get(dice.nextInt(of.size()));
    }

    boolean onceIn(int times) {
        return dice.nextInt(times) == 0;
    }

    boolean half() {
        return dice.nextBoolean();
    }
}
