package io.waybill.dispatch;

import io.waybill.intake.Taken;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What people and senders know of a walk: what they did, and were told was done. */
final class LifeKnown {
    private final Map<String, String> orders = new TreeMap<>();
    private final Map<String, Integer> revisions = new TreeMap<>();
    private final Map<String, Integer> done = new TreeMap<>();
    private int deaths;

    /** What was taken in: the hub's id by number. */
    Map<String, String> orders() {
        return Collections.unmodifiableMap(orders);
    }

    /** How often an order was taken in with something new in it. */
    int revisions(String number) {
        return revisions.getOrDefault(number, 0);
    }

    /** How often what was done, by act and hub id. */
    Map<String, Integer> done() {
        return Collections.unmodifiableMap(done);
    }

    void did(String act, String uid) {
        done.merge(act + " " + uid, 1, Integer::sum);
    }

    void isIn(String number, Taken taken) {
        if (taken.orderUid() != null && taken.isIn()) {
            orders.put(number, taken.orderUid());
        }
    }

    void revised(String number) {
        revisions.merge(number, 1, Integer::sum);
    }

    /** The hub was killed. */
    void died() {
        deaths++;
    }

    /** Whether something happened so often, as far as people know: of what was done when the hub was killed nobody was told. */
    boolean may(int happened, int told) {
        return told <= happened && happened <= told + deaths;
    }
}
