package io.waybill.carrier.usps;

import io.waybill.carrier.Found;
import io.waybill.carrier.Ref;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Remembers for a minute what a key found. Each look that finds something costs one of the three reprints of a label, and all
 * refs of a shipment, which are looked up one after the other, share its key.
 */
final class UspsLookUp {
    private static final long REMEMBERED = Duration.ofMinutes(1).toNanos();
    private static final int MOST = 200;

    private final Function<Ref, Found> ask;
    private final LongSupplier nanos;
    private final Map<UUID, Kept> kept = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Kept> eldest) {
            return size() > MOST;
        }
    });

    private record Kept(Found.Sold sold, long until) {}

    UspsLookUp(Function<Ref, Found> ask, LongSupplier nanos) {
        this.ask = ask;
        this.nanos = nanos;
    }

    Found find(Ref ref) {
        Kept known = kept.get(ref.purchaseKey());
        if (known != null && nanos.getAsLong() - known.until() < 0) {
            return known.sold();
        }
        Found found = ask.apply(ref);
        if (found instanceof Found.Sold sold) {
            kept.put(ref.purchaseKey(), new Kept(sold, nanos.getAsLong() + REMEMBERED));
        }
        return found;
    }

    /** What was given back is asked for again. */
    void forget(Ref ref) {
        kept.remove(ref.purchaseKey());
    }
}
