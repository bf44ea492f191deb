package io.waybill.carrier;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;

/** What came back over the wire, before anybody asked what it means. */
public sealed interface Answer {

    /** A whole answer of any status. */
    record Read(int status, HttpHeaders headers, byte[] body) implements Answer {
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** {@code Retry-After} in seconds or as an HTTP date; empty when absent, unreadable or past. */
        public Optional<Duration> retryAfter() {
            return headers.firstValue("Retry-After").flatMap(Answer::wait);
        }
    }

    /**
     * Not one byte of the request left: no such host, refused, no connection in time, no token.
     *
     * @param retryAfter when it may be worth another try
     */
    record NothingSent(String why, Optional<Duration> retryAfter) implements Answer {
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
            return new Outcome.NotSent(nothing.why(), nothing.retryAfter(), new byte[0]);
        }
        if (this instanceof Lost lost) {
            return new Outcome.Unknown(lost.why(), new byte[0]);
        }
        Read read = (Read) this;
        if (read.status() == 429) {
            return new Outcome.NotSent("HTTP 429", read.retryAfter(), read.body());
        }
        if (read.status() == 408 || !(read.ok() || read.status() / 100 == 4)) {
            return new Outcome.Unknown("HTTP " + read.status(), read.body());
        }
        try {
            return decided.apply(read);
        } catch (RuntimeException unreadable) {
            return new Outcome.Unknown("an answer that cannot be read: " + unreadable.getMessage(), read.body());
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
            return otherwise.apply("HTTP " + read.status());
        }
        try {
            return reader.apply(read);
        } catch (RuntimeException unreadable) {
            return otherwise.apply("an answer that cannot be read: " + unreadable.getMessage());
        }
    }

    private static Optional<Duration> wait(String text) {
        try {
            Duration wait = text.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text.strip()))
                    : Duration.between(
                            ZonedDateTime.now(ZoneOffset.UTC),
                            ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
            return wait.isNegative() ? Optional.empty() : Optional.of(wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
