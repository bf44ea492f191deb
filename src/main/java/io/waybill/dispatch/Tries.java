package io.waybill.dispatch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often in a row each purchase broke before anything was sent: only of the newest few thousand, and of this run. */
final class Tries {
    private static final int REMEMBERED = 5_000;
    private static final int POLLS = 20;

    private final Duration poll;
    private final Map<String, Integer> broken = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    Tries(Duration poll) {
        this.poll = poll;
    }

    /** @return how often in a row, this time included */
    synchronized int broke(String shipment) {
        return broken.merge(shipment, 1, Integer::sum);
    }

    synchronized void succeeded(String shipment) {
        broken.remove(shipment);
    }

    /** Twenty polls three times, then twice as long each time: with the usual poll 10 s, 20 s, 40 s … 10 min 40 s. */
    Duration waitAfter(int tries) {
        return poll.multipliedBy(POLLS).multipliedBy(1L << Math.min(Math.max(tries - 3, 0), 6));
    }
}
