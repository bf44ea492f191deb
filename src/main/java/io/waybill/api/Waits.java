package io.waybill.api;

import io.waybill.dispatch.Dispatch;
import io.waybill.ledger.Standing;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a caller waits for its label: {@code Prefer: wait=N} (0–60 s) or {@code respond-async} (RFC 7240), 20 s
 * when it says nothing; who says both waits so long and no longer. Only so many wait at once; beyond that an answer is given without waiting.
 */
final class Waits {
    private static final Duration DEFAULT = Duration.ofSeconds(20);
    private static final BigInteger LONGEST = BigInteger.valueOf(60);
    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*(\"?)(\\d+)\\1(?:$|[,;\\s])", Pattern.CASE_INSENSITIVE);
    private static final Pattern ASYNC =
            Pattern.compile("(?:^|[,;\\s])respond-async(?:$|[,;\\s])", Pattern.CASE_INSENSITIVE);

    private final Dispatch dispatch;
    private final Semaphore seats;

    /** @param seats how many callers may wait at once; fewer than the server has workers */
    Waits(Dispatch dispatch, int seats) {
        this.dispatch = dispatch;
        this.seats = new Semaphore(seats);
    }

    /** @param applied for {@code Preference-Applied}, empty when the caller stated none */
    record Preference(Duration atMost, Optional<String> applied) {}

    static Preference of(Optional<String> prefer) {
        String text = prefer.orElse("");
        boolean isAsync = ASYNC.matcher(text).find();
        Matcher wait = WAIT.matcher(text);
        if (wait.find()) {
            int seconds = new BigInteger(wait.group(2)).min(LONGEST).intValue();
            String applied = "wait=" + seconds;
            return new Preference(
                    Duration.ofSeconds(seconds), Optional.of(isAsync ? "respond-async, " + applied : applied));
        }
        return isAsync
                ? new Preference(Duration.ZERO, Optional.of("respond-async"))
                : new Preference(DEFAULT, Optional.empty());
    }

    /** Where the order stands once nothing of it is under way any more, or its caller has waited long enough. */
    Standing await(String orderUid, Request request) {
        Duration wait = of(request.header("Prefer")).atMost();
        if (wait.isZero() || !seats.tryAcquire()) {
            return dispatch.await(orderUid, Duration.ZERO);
        }
        try {
            return dispatch.await(orderUid, wait);
        } finally {
            seats.release();
        }
    }
}
