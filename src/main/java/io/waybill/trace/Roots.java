package io.waybill.trace;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which span of an order is the one that all others hang below: what it came to be in. A hub id begins with the moment it was made, so
 * that a document that comes again, days later or on another node, makes no second root.
 */
final class Roots {
    private static final String ORDER = "ord_";
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int MOMENT = 10;
    private static final int REMEMBERED = 10_000;

    private final Set<String> told =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            }));

    /** Whether there is a root to hang below: what is no order has none. */
    static boolean has(String entity) {
        return entity.startsWith(ORDER);
    }

    /** Whether what began then is the root of an order; once for each. */
    boolean claim(String order, Instant begun) {
        return has(order) && madeAt(order) >= begun.toEpochMilli() && told.add(order);
    }

    /** In milliseconds of the epoch; -1 for an id that tells no moment. */
    private static long madeAt(String order) {
        int end = ORDER.length() + MOMENT;
        if (order.length() < end) {
            return -1;
        }
        long millis = 0;
        for (int i = ORDER.length(); i < end; i++) {
            int digit = DIGITS.indexOf(order.charAt(i));
            if (digit < 0) {
                return -1;
            }
            millis = (millis << 5) | digit;
        }
        return millis;
    }
}
