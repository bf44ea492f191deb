package io.waybill.dispatch;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** How a carrier of a walk feels about a question: the same, asked for the n-th time, rolls the same, until it is calm. */
final class LifeMood {
    private final long seed;
    private final Map<String, Integer> asked = new HashMap<>();
    private boolean calm;

    LifeMood(long seed) {
        this.seed = seed;
    }

    void calm() {
        calm = true;
    }

    boolean wasAsked(String question) {
        return asked.containsKey(question);
    }

    SplittableRandom dice(String question) {
        int times = asked.merge(question, 1, Integer::sum);
        return new SplittableRandom(seed * 31 + question.hashCode() * 1_000_003L + times * 7_919L);
    }

    /** One of a hundred; when it is calm, the one that is said. */
    int turn(SplittableRandom dice, int calmly) {
        return calm ? calmly : dice.nextInt(100);
    }
}
