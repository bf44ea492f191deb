package io.waybill.carrier;

import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Thrown by {@link Carrier#prepare} when a shipment cannot be built for this carrier; nothing was sent. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable String pointer;
    private final transient @Nullable Problem problem;

    public RefusedException(String words, @Nullable String pointer) {
        super(words);
        this.pointer = pointer;
        this.problem = null;
    }

    /** With a problem of the hub's own instead of words. */
    public RefusedException(Problem problem) {
        super(problem.toString());
        this.pointer = problem.pointer();
        this.problem = problem;
    }

    /** JSON pointer into the canonical order, or null. */
    public @Nullable String pointer() {
        return pointer;
    }

    /** As a person will see it: the hub's own problem, or the carrier's words. */
    public Problem problem(String account) {
        return problem != null
                ? problem.with("carrier", account)
                : Problem.of(OrderCode.CARRIER_REFUSED, "carrier", account, "words", String.valueOf(getMessage()))
                        .at(pointer);
    }
}
