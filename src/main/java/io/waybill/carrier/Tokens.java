package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A token that is asked for when it is needed and kept until shortly before it ends. One thread asks, the others wait for
 * what it gets; a failure counts for a moment, so that they do not all ask in turn, or as long as the carrier said, for
 * asking again too early may lengthen it. A token that a call was refused with is forgotten once.
 */
public final class Tokens implements Authorization {
    private static final Duration FAILURE_COUNTS = Duration.ofSeconds(2);

    /** A carrier's word when to come back is kept so long at most: it may be there again much earlier. */
    private static final Duration LONGEST_FAILURE = Duration.ofMinutes(10);

    private static final Duration EARLY = Duration.ofSeconds(60);
    private static final Duration UNTOLD = Duration.ofMinutes(10);

    private final Supplier<Answer> ask;
    private final Function<Answer.Read, Token> read;
    private final String header;
    private final LongSupplier nanos;

    /** What is granted until {@link #end}: headers, or a failure. */
    private @Nullable Grant kept;

    private long end;

    /** @param lives how long it may be used from now on */
    public record Token(String header, Duration lives) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Token[" + lives + "]";
        }
    }

    /**
     * Any token.
     *
     * @param ask the call that gets one; tried once for each need
     * @param read of an answer of 2xx; what it throws is told as an answer that cannot be read
     * @param header that carries it
     */
    public Tokens(Supplier<Answer> ask, Function<Answer.Read, Token> read, String header) {
        this(ask, read, header, System::nanoTime);
    }

    Tokens(Supplier<Answer> ask, Function<Answer.Read, Token> read, String header, LongSupplier nanos) {
        this.ask = ask;
        this.read = read;
        this.header = header;
        this.nanos = nanos;
    }

    /** OAuth 2.0 client credentials, id and secret by HTTP Basic (RFC 6749, 2.3.1). */
    public static Tokens clientCredentials(
            CarrierHttp http, String path, String id, String secret, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Authorization", Authorization.basicHeader(id, secret));
        return oauth(http, path, headers, Map.of("grant_type", "client_credentials"));
    }

    /** Any OAuth 2.0 grant: a form is posted, {@code access_token} and {@code expires_in} come back. */
    public static Tokens oauth(CarrierHttp http, String path, Map<String, String> more, Map<String, String> form) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Accept", "application/json");
        byte[] body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(UTF_8);
        return new Tokens(() -> http.post(path, headers, body), Tokens::bearer, "Authorization");
    }

    /** Times are numbers with some carriers and strings with others; one that is not told, or in no number, is ten minutes. */
    static Token bearer(Answer.Read answer) {
        Reply json = Reply.of(answer.body());
        return new Token("Bearer " + json.required("access_token"), lives(json.text("expires_in")));
    }

    /** How long a token lives that is said to live so many seconds; ten minutes where that is no number. */
    public static Duration lives(String seconds) {
        String whole = seconds.replaceFirst("\\.\\d+$", "");
        return whole.matches("[1-9]\\d{0,8}") ? Duration.ofSeconds(Long.parseLong(whole)) : UNTOLD;
    }

    @Override
    public synchronized Grant grant(Call call) {
        Grant known = kept;
        long left = end - nanos.getAsLong();
        if (known == null || left <= 0) {
            known = fresh();
            kept = known;
        } else if (known instanceof Grant.None none && none.retryAfter().isPresent()) {
            return new Grant.None(none.why(), Optional.of(Duration.ofNanos(left)));
        }
        return known;
    }

    /** Only the token that was refused: another thread may have got a new one already. */
    @Override
    public synchronized void refused(Grant.Headers granted) {
        if (kept instanceof Grant.Headers mine
                && String.valueOf(mine.headers().get(header))
                        .equals(granted.headers().get(header))) {
            kept = null;
        }
    }

    private Grant fresh() {
        Answer answer = ask.get();
        if (!(answer instanceof Answer.Read said) || !said.ok()) {
            return none(answer);
        }
        try {
            Token token = read.apply(said);
            Duration early = token.lives().dividedBy(10).compareTo(EARLY) < 0
                    ? token.lives().dividedBy(10)
                    : EARLY;
            end = nanos.getAsLong() + token.lives().minus(early).toNanos();
            return new Grant.Headers(Map.of(header, token.header()));
        } catch (RuntimeException unreadable) {
            return none(new Answer.Lost(told(said).unreadable(unreadable)));
        }
    }

    /** Without its body where that has no fields whose names say what they are: a token alone is a text like any other. */
    private static Answer.Read told(Answer.Read said) {
        try {
            var unused = Reply.of(said.body());
            return said;
        } catch (RuntimeException noFields) {
            return new Answer.Read(said.status(), said.headers(), new byte[0]);
        }
    }

    private Grant none(Answer answer) {
        end = nanos.getAsLong() + FAILURE_COUNTS.toNanos();
        if (answer instanceof Answer.NothingSent nothing) {
            return new Grant.None("no token: " + nothing.why(), Optional.empty());
        }
        if (answer instanceof Answer.Lost lost) {
            return new Grant.None("no token: " + lost.why(), Optional.empty());
        }
        Answer.Read said = (Answer.Read) answer;
        said.retryAfter()
                .filter(asked -> asked.compareTo(FAILURE_COUNTS) > 0)
                .map(asked -> asked.compareTo(LONGEST_FAILURE) > 0 ? LONGEST_FAILURE : asked)
                .ifPresent(counts -> end = nanos.getAsLong() + counts.toNanos());
        return new Grant.None("no token: HTTP " + said.status() + Reply.words(said), said.retryAfter());
    }
}
