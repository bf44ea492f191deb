package io.waybill.carrier;

import com.github.f4b6a3.uuid.UuidCreator;
import io.waybill.measure.Money;
import io.waybill.text.Words;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question to a carrier that costs nothing and changes nothing, to see whether it is there and lets this account in.
 *
 * @param asked {@code balance | look_up | channels | tracking}; {@code nothing} where the carrier has no free question
 * @param why in its words or the line's, when it did not answer; null when it did
 * @param left what a prepaid account has left, where that was asked
 */
public record Connection(
        String asked, @Nullable String why, @Nullable Money left, Duration took) {
    /** No purchase of ours was ever made under it. */
    private static final String NEVER_USED = "WAYBILL-CONNECTION-TEST";

    public boolean isWell() {
        return why == null && !asked.equals("nothing");
    }

    /** Asks now, on the caller's thread, for as long as the account's time-outs allow. */
    public static Connection of(Account account) {
        long begun = System.nanoTime();
        Said said = ask(account.carrier());
        return new Connection(said.asked, said.why, said.left, Duration.ofNanos(System.nanoTime() - begun));
    }

    private record Said(
            String asked, @Nullable String why, @Nullable Money left) {}

    private static Said ask(Carrier carrier) {
        if (carrier instanceof Balances balances) {
            return asked("balance", () -> balances.balance().left());
        }
        Found found = carrier.find(new Ref(NEVER_USED, UuidCreator.getTimeOrderedEpoch(), NEVER_USED));
        if (found instanceof Found.Impossible) {
            return withoutLookUp(carrier);
        }
        return new Said("look_up", found instanceof Found.Unreachable unreachable ? unreachable.why() : null, null);
    }

    private static Said withoutLookUp(Carrier carrier) {
        if (carrier instanceof Channels channels) {
            return asked("channels", () -> {
                channels.channels();
                return null;
            });
        }
        if (carrier instanceof Tracks tracks) {
            return asked("tracking", () -> {
                tracks.track(List.of(NEVER_USED));
                return null;
            });
        }
        return new Said("nothing", null, null);
    }

    private interface Question {
        @Nullable
        Money answer();
    }

    private static Said asked(String what, Question question) {
        try {
            return new Said(what, null, question.answer());
        } catch (RuntimeException silent) {
            return new Said(what, Words.of(silent), null);
        }
    }
}
