package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What proves to a carrier who is calling. Asked before every call; safe for many threads. */
@FunctionalInterface
public interface Authorization {

    /** The headers of one call, or why there are none. */
    Grant grant(Call call);

    /** A call with these headers was answered by 401. */
    default void refused(Grant.Headers granted) {}

    /** @param path with its query, as it is sent */
    record Call(String method, String path, byte[] body) {}

    sealed interface Grant {
        /**
         * Never shown: they are secrets.
         *
         * @param query what is added to the query, encoded and without a mark in front; empty for carriers that are told by headers
         */
        record Headers(Map<String, String> headers, String query) implements Grant {
            public Headers(Map<String, String> headers) {
                this(headers, "");
            }

            @Override
            public String toString() {
                return "Headers" + headers.keySet();
            }
        }

        /** The call cannot be made now. */
        record None(String why, Optional<Duration> retryAfter) implements Grant {}
    }

    /** The same headers for every call. */
    static Authorization fixed(Map<String, String> headers) {
        Grant.Headers always = new Grant.Headers(Map.copyOf(headers));
        return call -> always;
    }

    /** RFC 7617. */
    static Authorization basic(String user, String password) {
        return fixed(Map.of("Authorization", basicHeader(user, password)));
    }

    /** The value of an {@code Authorization} header. */
    static String basicHeader(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    private static String joined(String one, String two) {
        return one.isEmpty() || two.isEmpty() ? one + two : one + "&" + two;
    }

    /** Both, for carriers that ask for two tokens. */
    default Authorization and(Authorization other) {
        Authorization first = this;
        return new Authorization() {
            @Override
            public Grant grant(Call call) {
                Grant one = first.grant(call);
                Grant two = one instanceof Grant.Headers ? other.grant(call) : one;
                if (!(one instanceof Grant.Headers mine) || !(two instanceof Grant.Headers theirs)) {
                    return two;
                }
                Map<String, String> all = new HashMap<>(mine.headers());
                all.putAll(theirs.headers());
                return new Grant.Headers(Map.copyOf(all), joined(mine.query(), theirs.query()));
            }

            @Override
            public void refused(Grant.Headers granted) {
                first.refused(granted);
                other.refused(granted);
            }
        };
    }
}
