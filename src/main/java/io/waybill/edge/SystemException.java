package io.waybill.edge;

import io.waybill.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A system did not do what it was asked. */
final class SystemException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;
    private final transient Optional<Duration> retryAfter;

    /** @param retryAfter what the system said itself */
    SystemException(Problem problem, Optional<Duration> retryAfter) {
        super(problem.sentence(Locale.ENGLISH));
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    SystemException(Problem problem) {
        this(problem, Optional.empty());
    }

    Problem problem() {
        return problem;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** It stays so until somebody corrects the settings or the route. */
    boolean isLocked() {
        return List.of("system-locked", "poll-bad-item", "poll-cut-off").contains(problem.code());
    }
}
