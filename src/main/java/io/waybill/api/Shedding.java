package io.waybill.api;

import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/** Who is turned away, before the body of a call is read where its caller is known by then. Asked on the event loop, so it must not wait. */
public interface Shedding {
    /**
     * Turned away.
     *
     * @param status 429 for one source's own doing, 503 for the hub's
     * @param pause how long to stay away, for {@code Retry-After}
     */
    record Away(int status, Problem problem, Duration pause) {}

    /** Why nothing at all is answered but probes and metrics; the hub is not ready then. */
    Optional<Away> fromEverything();

    /** Why no order can be taken in, whoever brings it, as far as this node's own state says; a load balancer sends its calls elsewhere. */
    default Optional<Away> notReady() {
        return fromEverything();
    }

    /** Whether who sees these namespaces may speak for a source; nobody uses up what it may send otherwise. */
    boolean isSeen(String source, Namespaces by);

    /** Why no order is taken in from any source now. Asking counts nothing. */
    Optional<Away> fromIntake();

    /** Why no order is taken in from this source now, whoever brings it. Asking counts nothing. */
    Optional<Away> fromIntake(String source);

    /** Counts one call of a source, once it is proved to be of that source: why it is one too many. */
    Optional<Away> count(String source);

    /** Both, of a caller who is known. */
    default Optional<Away> fromCall(String source) {
        return fromIntake(source).or(() -> count(source));
    }
}
