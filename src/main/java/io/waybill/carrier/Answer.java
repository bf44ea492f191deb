package io.waybill.carrier;

import io.waybill.text.RetryAfter;
import io.waybill.text.Shortened;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What came back over the wire, before anybody asked what it means. */
public sealed interface Answer {
    /** A whole answer of any status. */
    record Read(int status, HttpHeaders headers, byte[] body) implements Answer {
        private static final int LONGEST_WHY = 400;
        private static final Set<Integer> ONWARD = Set.of(301, 302, 303, 307, 308);

        /** What adapters throw, in words of ours; libraries throw classes below these. */
        private static final Set<Class<?>> OURS = Set.of(IllegalArgumentException.class, IllegalStateException.class);

        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** Another request about the same may be under way: whatever is said beside, that one may sell. */
        public boolean isConflict() {
            return status == 409;
        }

        /** Its status and what it says in words: {@code HTTP 503: Service Unavailable}. */
        String told() {
            return "HTTP " + status + Reply.words(this);
        }

        /** That it cannot be read, why where we know it, and what it says in words. */
        String unreadable(RuntimeException why) {
            String reason = reason(why);
            String words = Reply.words(this);
            String told = "an answer that cannot be read (HTTP " + status + ")" + reason;
            return Shortened.to(LONGEST_WHY, told.endsWith(words) ? told : told + words);
        }

        /** In our words, with a colon before; what a library says of it tells a person nothing, and is left out. */
        static String reason(RuntimeException why) {
            return OURS.contains(why.getClass()) && why.getMessage() != null ? ": " + why.getMessage() : "";
        }

        /** The address it sends on to; empty when it is no redirect. */
        public Optional<String> location() {
            return ONWARD.contains(status) ? headers.firstValue("Location") : Optional.empty();
        }

        /**
         * {@code Retry-After} in seconds or as an HTTP date, at most an hour; empty when absent, unreadable or past.
         */
        public Optional<Duration> retryAfter() {
            return headers.firstValue("Retry-After").flatMap(RetryAfter::of);
        }
    }

    /**
     * Not one byte of the request left: no such host, refused, no connection in time, no token.
     *
     * @param retryAfter when it may be worth another try
     * @param isHeldBack the hub did not ask, to keep the account's pace: it says nothing of the carrier
     */
    record NothingSent(String why, Optional<Duration> retryAfter, boolean isHeldBack) implements Answer {
        public NothingSent(String why, Optional<Duration> retryAfter) {
            this(why, retryAfter, false);
        }

        public NothingSent(String why) {
            this(why, Optional.empty());
        }
    }

    /** The request may have arrived, and there is no whole answer. */
    record Lost(String why) implements Answer {}

    /**
     * The outcome of a purchase. What no carrier decides with is settled here: nothing sent and 429 are not bought;
     * silence, 1xx, 3xx, 408 and 5xx are unknown. The rest is read by the adapter; a reading that fails is unknown too,
     * for a label may stand behind words we cannot read.
     */
    default Outcome outcome(Function<Read, Outcome> decided) {
        if (this instanceof NothingSent nothing) {
            return new Outcome.NotSent(nothing.why(), nothing.retryAfter(), new byte[0], nothing.isHeldBack());
        }
        if (this instanceof Lost lost) {
            return new Outcome.Unknown(lost.why(), new byte[0]);
        }
        Read read = (Read) this;
        if (read.status() == 429) {
            return new Outcome.NotSent(read.told(), read.retryAfter(), read.body());
        }
        if (read.status() == 408 || !(read.ok() || read.status() / 100 == 4)) {
            return new Outcome.Unknown(read.told(), read.body());
        }
        try {
            return decided.apply(read);
        } catch (RuntimeException unreadable) {
            return new Outcome.Unknown(read.unreadable(unreadable), read.body());
        }
    }

    /**
     * What an answer to anything but a purchase says. Silence, 429, 5xx and a reading that fails are told in words to
     * {@code otherwise}.
     */
    default <T> T read(Function<Read, ? extends T> reader, Function<String, ? extends T> otherwise) {
        if (this instanceof NothingSent nothing) {
            return otherwise.apply(nothing.why());
        }
        if (this instanceof Lost lost) {
            return otherwise.apply(lost.why());
        }
        Read read = (Read) this;
        if (read.status() == 429 || read.status() == 408 || !(read.ok() || read.status() / 100 == 4)) {
            return otherwise.apply(read.told());
        }
        try {
            return reader.apply(read);
        } catch (RuntimeException unreadable) {
            return otherwise.apply(read.unreadable(unreadable));
        }
    }

    /**
     * The same where nothing can be done without it.
     *
     * @param fault what cannot be told then: {@code UPS tells nothing of 1Z9999999999999999}
     * @throws IllegalStateException in these words and those of {@link #read}
     */
    default <T> T readOrThrow(Function<Read, ? extends T> reader, String fault) {
        return read(reader, silence -> {
            throw new IllegalStateException(fault + ": " + silence);
        });
    }
}
