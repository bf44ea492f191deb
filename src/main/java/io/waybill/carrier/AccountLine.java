package io.waybill.carrier;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.waybill.carrier.Authorization.Call;
import io.waybill.carrier.Authorization.Grant;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One account's line to its carrier: {@link CarrierHttp} with the account's authorization and pace. A purchase is sent
 * once, whatever comes back. A read is tried three times, with full jitter between, or when the carrier said to come back.
 * What is neither is sent once, and once more when a token was refused.
 */
public final class AccountLine {
    private static final Set<Integer> AGAIN = Set.of(408, 429, 500, 502, 503, 504);
    private static final int TRIES = 3;
    private static final long FIRST_PAUSE = 200;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
    private static final Duration PACE_WAIT = Duration.ofSeconds(2);
    private static final int UNAUTHORIZED = 401;

    private final CarrierHttp http;
    private final Authorization authorization;
    private final Predicate<Answer.Read> refusesToken;
    private final @Nullable RateLimiter pace;

    /** Waits so many milliseconds. */
    private final LongConsumer rest;

    public AccountLine(CarrierHttp http, Authorization authorization, CallSettings calls) {
        this(http, authorization, calls, answer -> answer.status() == UNAUTHORIZED);
    }

    /** @param refusesToken what the carrier refuses a token with, where that is not always a 401 */
    public AccountLine(
            CarrierHttp http, Authorization authorization, CallSettings calls, Predicate<Answer.Read> refusesToken) {
        this(http, authorization, refusesToken, calls.perSecond(), PACE_WAIT, AccountLine::restFor);
    }

    AccountLine(
            CarrierHttp http,
            Authorization authorization,
            Predicate<Answer.Read> refusesToken,
            int perSecond,
            Duration paceWait,
            LongConsumer rest) {
        this.http = http;
        this.authorization = authorization;
        this.refusesToken = refusesToken;
        this.rest = rest;
        this.pace = perSecond == 0
                ? null
                : RateLimiter.of(
                        "calls",
                        RateLimiterConfig.custom()
                                .limitForPeriod(perSecond)
                                .limitRefreshPeriod(Duration.ofSeconds(1))
                                .timeoutDuration(paceWait)
                                .build());
    }

    /** The one POST that costs money. A refused token is forgotten, and the answer stays what it is: nothing was sold. */
    public Answer buy(String path, Map<String, String> headers, byte[] body) {
        Call call = new Call("POST", path, body);
        return authorized(call, headers, (at, all) -> http.buy(at, all, body), false);
    }

    /** A GET, tried again. */
    public Answer read(String path, Map<String, String> headers) {
        return again(() -> change("GET", path, headers, new byte[0]), rest);
    }

    /** A POST that changes nothing (rates, look-ups), tried again. */
    public Answer ask(String path, Map<String, String> headers, byte[] body) {
        return again(() -> change("POST", path, headers, body), rest);
    }

    /** A call that changes something and buys nothing: a void, a subscription. */
    public Answer change(String method, String path, Map<String, String> headers, byte[] body) {
        return authorized(new Call(method, path, body), headers, (at, all) -> http.send(method, at, all, body), true);
    }

    private interface Sending {
        Answer send(String path, Map<String, String> headers);
    }

    private Answer authorized(Call call, Map<String, String> headers, Sending sending, boolean twice) {
        Grant grant = authorization.grant(call);
        if (grant instanceof Grant.None none) {
            return new Answer.NothingSent(none.why(), none.retryAfter().or(() -> Optional.of(PACE_WAIT)));
        }
        if (pace != null && !pace.acquirePermission()) {
            return new Answer.NothingSent("callsPerSecond of this account", Optional.of(Duration.ofSeconds(1)), true);
        }
        Grant.Headers granted = (Grant.Headers) grant;
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(granted.headers());
        Answer answer = sending.send(with(call.path(), granted.query()), all);
        if (answer instanceof Answer.Read said && refusesToken.test(said)) {
            authorization.refused(granted);
            return twice ? authorized(call, headers, sending, false) : answer;
        }
        return answer;
    }

    private static String with(String path, String query) {
        return query.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + query;
    }

    /** A question that may be asked again: three times at most, where it is not answered or the carrier is busy. */
    static Answer again(Supplier<Answer> call, LongConsumer rest) {
        Answer answer = call.get();
        for (int tried = 1; tried < TRIES && isWorthAnotherTry(answer); tried++) {
            rest.accept(pause(answer, tried));
            answer = call.get();
        }
        return answer;
    }

    private static boolean isWorthAnotherTry(Answer answer) {
        if (answer instanceof Answer.Read said) {
            return AGAIN.contains(said.status())
                    && said.retryAfter().orElse(Duration.ZERO).compareTo(LONGEST_WAIT) <= 0;
        }
        return !(answer instanceof Answer.NothingSent nothing)
                || nothing.retryAfter().isEmpty();
    }

    private static long pause(Answer answer, int tried) {
        long asked = answer instanceof Answer.Read said
                ? said.retryAfter().orElse(Duration.ZERO).toMillis()
                : 0;
        return asked + ThreadLocalRandom.current().nextLong(FIRST_PAUSE << (tried - 1));
    }

    static void restFor(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
