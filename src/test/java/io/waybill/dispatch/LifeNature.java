package io.waybill.dispatch;

import io.waybill.carrier.IdempotencyClass;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a carrier of a walk can do, which stays as it is all the walk long.
 *
 * @param reprints prints a label again, at any time
 */
record LifeNature(String name, IdempotencyClass kind, boolean proven, int parcels, boolean reprints) {
    static LifeNature thrown(String name, long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        IdempotencyClass kind = List.of(IdempotencyClass.values()).get(dice.nextInt(3));
        boolean proven = kind == IdempotencyClass.B && dice.nextBoolean();
        int parcels = dice.nextInt(2) == 0 ? 1 : 9;
        return new LifeNature(name, kind, proven, parcels, dice.nextInt(4) > 0);
    }

    boolean hasKeys() {
        return kind == IdempotencyClass.A;
    }

    @Override
    public String toString() {
        return name + ": class " + kind + (proven ? ", proven" : "") + ", " + parcels + " parcel(s) a purchase"
                + (reprints ? "" : ", prints nothing again");
    }
}
