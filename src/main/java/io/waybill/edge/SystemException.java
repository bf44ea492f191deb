package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.text.Quoting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A system did not do what it was asked. */
final class SystemException extends Exception implements Quoting {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;
    private final transient Problem quiet;
    private final transient Optional<Duration> retryAfter;

    /** @param retryAfter what the system said itself */
    SystemException(Problem problem, Optional<Duration> retryAfter) {
        this(problem, problem, retryAfter);
    }

    /** @param quiet the same without what the system answered */
    SystemException(Problem problem, Problem quiet, Optional<Duration> retryAfter) {
        super(problem.sentence(Locale.ENGLISH));
        this.problem = problem;
        this.quiet = quiet;
        this.retryAfter = retryAfter;
    }

    SystemException(Problem problem) {
        this(problem, Optional.empty());
    }

    Problem problem() {
        return problem;
    }

    /** The problem without what the system answered, for a log. */
    Problem quiet() {
        return quiet;
    }

    @Override
    public String withoutQuote() {
        return quiet.sentence(Locale.ENGLISH);
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** It stays so until somebody corrects the settings or the route. */
    boolean isLocked() {
        return List.of("system-locked", "system-elsewhere", "poll-bad-item", "poll-cut-off", "poll-not-written")
                .contains(problem.code());
    }
}
