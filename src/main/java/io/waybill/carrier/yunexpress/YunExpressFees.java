package io.waybill.carrier.yunexpress;

import static io.waybill.carrier.yunexpress.YunExpressAnswer.list;
import static io.waybill.carrier.yunexpress.YunExpressAnswer.text;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Charge;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code GET /v1/order/fee-details/get}: what was deducted from the account for a waybill, fee by fee. */
final class YunExpressFees {
    private YunExpressFees() {}

    static Optional<List<Charge>> charges(Answer.Read answer) {
        YunExpressAnswer said = YunExpressAnswer.of(answer);
        if (said.isRefusal() || !answer.ok()) {
            YunExpressError error = YunExpressError.of(answer);
            if (error.isAbsent()) {
                return Optional.empty();
            }
            throw new IllegalArgumentException(error.told());
        }
        List<Reply> fees = list(said.result(), "fee_details");
        return total(said.result(), fees).map(total -> parts(total, fees)).filter(parts -> !parts.isEmpty());
    }

    /** As stated, else the sum of what was deducted; nothing when nothing was booked. */
    private static Optional<Money> total(Reply result, List<Reply> fees) {
        Optional<Money> stated = YunExpressMoney.of(result, "total_amount", "currency");
        return stated.isPresent()
                ? stated
                : fees.stream().flatMap(fee -> deducted(fee).stream()).reduce(Money::plus);
    }

    private static Optional<Money> deducted(Reply fee) {
        return YunExpressMoney.of(fee, "deduction_amount", "deduction_currency")
                .or(() -> YunExpressMoney.of(fee, "amount", "currency"));
    }

    /** Each in the total's currency, of the two it is stated in. */
    private static List<Charge> parts(Money total, List<Reply> fees) {
        PriceParts parts = new PriceParts(total);
        for (Reply fee : fees) {
            Stream.of(
                            YunExpressMoney.of(fee, "deduction_amount", "deduction_currency"),
                            YunExpressMoney.of(fee, "amount", "currency"))
                    .flatMap(Optional::stream)
                    .filter(money -> money.currency().equals(total.currency()))
                    .findFirst()
                    .ifPresent(money -> YunExpressMoney.add(parts, money.amount(), text(fee, "fee_name")));
        }
        boolean isExplained =
                parts.room().compareTo(total.amount()) != 0 || total.amount().signum() == 0;
        return isExplained
                ? parts.add("uncategorized", parts.room(), null, "not itemised").all()
                : parts.all();
    }
}
