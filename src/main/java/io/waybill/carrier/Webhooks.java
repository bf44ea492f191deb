package io.waybill.carrier;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Facts a carrier pushes to {@code POST /hooks/carriers/{account}}. A delivery is proven, stored and answered; only then it
 * is read. The same delivery twice is read once.
 */
public interface Webhooks {

    /** Whether the account has the secret that deliveries are proven by. */
    boolean isOn();

    /**
     * Proves, by headers and raw bytes, that the carrier sent this. Compares secrets in constant time ({@link HookProof}).
     *
     * @return names the delivery: the carrier's own id, or a hash of the bytes; at most 200 characters
     * @throws io.waybill.problem.ProblemException {@code carrier-hook-refused}, {@code carrier-hook-off} when the account has no secret
     */
    String prove(Delivery delivery);

    /**
     * What a proven delivery tells; nothing is an empty list.
     *
     * @throws RuntimeException when it cannot be read; it is kept, and a person is told
     */
    List<Tracks.Event> read(byte[] body);

    /**
     * Labels that a proven delivery brings, or says to be ready; most carriers push none.
     *
     * @throws RuntimeException when it cannot be read; it is kept, and a person is told
     */
    default List<Arrived> arrived(byte[] body) {
        return List.of();
    }

    /** @param label {@link Fetched.NotYet} when it is only told of, so that it is asked for at once */
    record Arrived(ShipmentId id, Fetched label) {}

    /**
     * One call.
     *
     * @param headers by name, in any case
     */
    record Delivery(Map<String, String> headers, byte[] body) {
        public Delivery {
            TreeMap<String, String> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            any.putAll(headers);
            headers = any;
        }

        public @Nullable String header(String name) {
            return headers.get(name);
        }
    }
}
