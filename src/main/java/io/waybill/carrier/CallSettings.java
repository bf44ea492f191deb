package io.waybill.carrier;

import io.waybill.settings.Section;
import java.net.URI;
import java.time.Duration;

/**
 * How a carrier is called by one account: {@code account.<name>.*}. Every account has its own connections and its own
 * pace, so that one carrier that hangs holds up no other.
 *
 * @param base {@code baseUrl}; else the carrier's host for {@code mode=test} or {@code production}
 * @param connectTimeout {@code 3s}
 * @param answerTimeout {@code 30s}; with {@code connectTimeout} the longest any call takes
 * @param connections {@code 16}; how many calls may be under way at once
 * @param perSecond {@code callsPerSecond}; 0 is as many as there are
 */
public record CallSettings(URI base, Duration connectTimeout, Duration answerTimeout, int connections, int perSecond) {
    /**
     * A token, the sale, and one more: a second token (USPS), or a look-up of what was sold before. Labels by their addresses are read in
     * what is left of the time of so many ({@link Downloads#ofPurchase}); tokens and look-ups that are tried again come on top.
     */
    public static final int PURCHASE_CALLS = 3;

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /**
     * Reads them.
     *
     * @param test the carrier's host for tests, which sells nothing
     * @param production its host that takes money
     * @throws io.waybill.problem.ProblemException when neither {@code mode} nor {@code baseUrl} says where to call, or a value cannot be used
     */
    public static CallSettings read(Section account, String test, String production) {
        boolean isTest = account.optional("baseUrl").isPresent()
                || account.isWrong("baseUrl")
                || account.required("mode").equals("test");
        return read(account, isTest ? test : production);
    }

    /** Of a carrier with one host, where the keys say whether it takes money. */
    public static CallSettings read(Section account, String host) {
        return new CallSettings(
                AccountSettings.url(account, host),
                connectTimeout(account),
                answerTimeout(account),
                account.number("connections", 16, 1, 1_000),
                account.number("callsPerSecond", 0, 0, 10_000));
    }

    /** What every account has, whatever its adapter. */
    public static Duration connectTimeout(Section account) {
        return account.duration("connectTimeout", CONNECT, SHORTEST);
    }

    /** What every account has, whatever its adapter. */
    public static Duration answerTimeout(Section account) {
        return account.duration("answerTimeout", ANSWER, SHORTEST);
    }

    /** How long after it began a purchase may still begin a call. */
    Duration lastOfPurchase() {
        return connectTimeout.plus(answerTimeout).multipliedBy(PURCHASE_CALLS - 1);
    }

    /** What {@link #PURCHASE_CALLS} may take. */
    public static Duration purchase(Section account) {
        return connectTimeout(account).plus(answerTimeout(account)).multipliedBy(PURCHASE_CALLS);
    }
}
