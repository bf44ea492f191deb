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
        String around = text(said.result(), "currency");
        return total(said.result(), fees, around)
                .map(total -> parts(total, fees, around))
                .filter(parts -> !parts.isEmpty());
    }

    /**
     * As stated, else the sum of what was deducted; nothing when nothing was booked.
     *
     * @param around the currency of a fee that names none
     */
    private static Optional<Money> total(Reply result, List<Reply> fees, String around) {
        Optional<Money> stated = YunExpressMoney.of(result, "total_amount", "currency");
        return stated.isPresent()
                ? stated
                : fees.stream().flatMap(fee -> deducted(fee, around).stream()).reduce(Money::plus);
    }

    /** @throws IllegalArgumentException where nothing tells the currency: the others' sum would be less than was deducted */
    private static Optional<Money> deducted(Reply fee, String around) {
        Optional<Money> told = stated(fee, around).findFirst();
        Optional<String> amount = Stream.of(text(fee, "deduction_amount"), text(fee, "amount"))
                .filter(one -> !one.matches("[0.]*"))
                .findFirst();
        if (told.isEmpty() && amount.isPresent()) {
            throw new IllegalArgumentException("a fee has no currency: " + text(fee, "fee_name") + " " + amount.get()
                    + "; ask YunExpress in which it was deducted");
        }
        return told;
    }

    /** In each of the currencies it is stated in, that of the account first; what names none comes behind what does. */
    private static Stream<Money> stated(Reply fee, String around) {
        return Stream.of("", around)
                .flatMap(unsaid -> Stream.of(
                        YunExpressMoney.of(fee, "deduction_amount", "deduction_currency", unsaid),
                        YunExpressMoney.of(fee, "amount", "currency", unsaid)))
                .flatMap(Optional::stream);
    }

    /** Each in the total's currency, of the two it is stated in. */
    private static List<Charge> parts(Money total, List<Reply> fees, String around) {
        PriceParts parts = new PriceParts(total);
        for (Reply fee : fees) {
            stated(fee, around)
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
