package io.waybill.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Something that happens in a walk. What it does in detail comes of its own dice, so that it does the same where others
 * are left out.
 *
 * @param order which of the walk's orders it is about
 * @param meanwhile it happens while the hub waits for its carrier, if it does
 */
record LifeAct(String what, int order, long dice, boolean meanwhile) {
    private static final List<String> WHAT = weighted(
            "work",
            40,
            "turn",
            36,
            "pass",
            32,
            "send",
            16,
            "patch",
            8,
            "pack",
            10,
            "cancel",
            5,
            "call off",
            3,
            "hold",
            3,
            "release",
            5,
            "void",
            12,
            "void order",
            4,
            "retry",
            16,
            "resolve",
            16,
            "another",
            14,
            "outside",
            2,
            "off",
            2,
            "on",
            4,
            "kill",
            6,
            "die",
            4,
            "audit",
            3,
            "scan",
            6,
            "erase",
            1,
            "past limit",
            4,
            "close",
            4,
            "retain",
            2,
            "gone",
            2,
            "heir",
            4,
            "back",
            3,
            "fees",
            4);

    String number() {
        return "SO-" + (order + 1);
    }

    /** The same with another order. */
    LifeAct about(String number) {
        return new LifeAct(what, Integer.parseInt(number.substring(3)) - 1, dice, meanwhile);
    }

    static List<LifeAct> walk(long seed, int orders, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LifeAct> acts = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            String what = WHAT.get(random.nextInt(WHAT.size()));
            acts.add(new LifeAct(what, random.nextInt(orders), random.nextLong(), random.nextInt(100) < 35));
        }
        return acts;
    }

    private static List<String> weighted(Object... pairs) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            for (int n = 0; n < (Integer) pairs[i + 1]; n++) {
                all.add((String) pairs[i]);
            }
        }
        return List.copyOf(all);
    }
}
