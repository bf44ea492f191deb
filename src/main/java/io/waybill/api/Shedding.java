package io.waybill.api;

import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/** Who is turned away before the body of a call is read. Asked on the event loop, so it must not wait. */
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

    /** Whether who sees these namespaces may speak for a source; nobody uses up what it may send otherwise. */
    boolean isSeen(String source, Namespaces by);

    /** Why no order is taken in from this source now. Each asking counts as one call of it. */
    Optional<Away> fromIntake(String source);
}
