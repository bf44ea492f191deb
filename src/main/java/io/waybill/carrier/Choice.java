package io.waybill.carrier;

import io.waybill.problem.Problem;

/** Which account shall buy, and by which rule. */
public sealed interface Choice {
    /** This account and service. */
    record Fixed(String account, String carrier, String service, String rule) implements Choice {}

    /** Ask every account: {@code cheapest}, {@code fastest} or {@code best}, each also {@code within N days}. */
    record Compare(String by, String rule) implements Choice {}

    /** No account can. */
    record Nobody(Problem problem) implements Choice {}
}
