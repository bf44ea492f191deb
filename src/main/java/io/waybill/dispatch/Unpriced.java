package io.waybill.dispatch;

import io.waybill.carrier.Rates.Rate;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Why an order has no price, in sentences about the accounts that were asked. */
final class Unpriced {
    /** Of many accounts, and of each its services, the first say enough. */
    private static final int TOLD = 3;

    private Unpriced() {}

    static List<Problem> why(List<Offer> offers) {
        return offers.stream()
                .map(offer -> offer.account().name())
                .distinct()
                .limit(TOLD)
                .flatMap(account -> why(
                        account,
                        offers.stream()
                                .filter(offer -> offer.account().name().equals(account))
                                .map(Offer::rate)
                                .toList()))
                .toList();
    }

    /** In the carrier's words, or in ours behind whose they are. */
    private static Stream<Problem> why(String account, List<Rate> rates) {
        List<String> words = rates.stream()
                .filter(rate -> rate.why() == null)
                .map(Rate::excluded)
                .filter(Objects::nonNull)
                .distinct()
                .limit(TOLD)
                .toList();
        if (!words.isEmpty()) {
            return words.stream().map(said -> Problem.of(DispatchCode.NO_PRICE_SAID, "account", account, "why", said));
        }
        return Stream.concat(
                Stream.of(Problem.of(DispatchCode.NO_PRICE_OF, "account", account)),
                rates.stream()
                        .map(Rate::why)
                        .filter(Objects::nonNull)
                        .distinct()
                        .limit(TOLD));
    }
}
