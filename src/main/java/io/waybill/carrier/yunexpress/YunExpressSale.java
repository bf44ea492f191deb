package io.waybill.carrier.yunexpress;

import static io.waybill.carrier.yunexpress.YunExpressAnswer.text;

import io.waybill.carrier.Answer;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Found;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what {@code POST /v1/order/package/create} and {@code GET /v1/order/info/get} tell of an order. Neither tells a price. */
final class YunExpressSale {
    private static final String CANCELLED = "E";

    /** {@code success}, {@code 操作成功} and their like; not what goes on after that. */
    private static final Pattern ALL_WELL = Pattern.compile(
            "(([a-z]{1,12} ){0,2}success(ful|fully)?( [a-z]{2,12}ed)?|succeed(ed)?|ok|[\\p{IsHan}&&[^不未没]]{0,8}成功)?[\\s\\p{P}]*",
            Pattern.CASE_INSENSITIVE);

    private YunExpressSale() {}

    /** @param lookUp of the ref that was to be bought, for one that was used before */
    static Outcome outcome(Answer.Read answer, Supplier<Found> lookUp) {
        if (answer.status() == 401 || answer.status() == 403) {
            return notSent(answer, Reply.words(answer));
        }
        YunExpressAnswer said = YunExpressAnswer.of(answer);
        if (!said.isRefusal() && answer.ok()) {
            return sold(said.result(), answer.body()).warned(warnings(said));
        }
        YunExpressError error = YunExpressError.of(answer);
        if (error.isAboutTheCaller()) {
            return notSent(answer, ": " + error.told());
        }
        if (error.isDuplicate()) {
            return soldBefore(error, lookUp.get(), answer.body());
        }
        if (error.isUnclear() || !text(said.result(), "waybill_number").isEmpty()) {
            return new Outcome.Unknown(error.told(), answer.body());
        }
        String told = error.told();
        return error.isAboutTheOrder()
                ? new Outcome.Refused(told, error.code(), error.pointer(), answer.body())
                : new Outcome.Unknown("a no that may be none: " + told, answer.body());
    }

    private static Outcome notSent(Answer.Read answer, String words) {
        return new Outcome.NotSent("HTTP " + answer.status() + words, answer.retryAfter(), answer.body());
    }

    /** Its words beside a sale, unless they only say that all is well; and that the address is remote, which costs more. */
    private static Stream<String> warnings(YunExpressAnswer said) {
        boolean isRemote = text(said.result(), "remote_area").matches("(?i)true|1");
        return Stream.of(
                ALL_WELL.matcher(said.words()).matches() ? "" : said.words(), isRemote ? "remote_area: true" : "");
    }

    /** A used number that cannot be found, or is of a cancelled order, is settled by nobody but a person. */
    private static Outcome soldBefore(YunExpressError error, Found found, byte[] body) {
        return found instanceof Found.Sold sold
                ? sold.bought()
                : new Outcome.Unknown(error.told() + "; the look-up says " + found, body);
    }

    /** Until there is a waybill, the customer's order number stands for the shipment. */
    private static Outcome.Bought sold(Reply order, byte[] body) {
        String waybill = text(order, "waybill_number");
        String own = text(order, "customer_order_number");
        if (waybill.isEmpty() && own.isEmpty()) {
            throw new IllegalArgumentException("it has no waybill_number");
        }
        ShipmentId id = new ShipmentId(waybill.isEmpty() ? own : waybill);
        return new Outcome.Bought(
                id, numbers(id, order, text(order, "tracking_number")), List.of(), Optional.empty(), body);
    }

    /** What was given back is sold no more. */
    static Found found(Answer.Read answer, Ref ref) {
        YunExpressAnswer said = YunExpressAnswer.of(answer);
        if (said.isRefusal() || !answer.ok()) {
            YunExpressError error = YunExpressError.of(answer);
            return error.isAbsent() ? new Found.Nothing() : new Found.Unreachable(error.told());
        }
        if (!said.isSuccess()) {
            return new Found.Unreachable("it does not say whether it found anything");
        }
        Reply order = said.result();
        if (!order.isPresent()) {
            return new Found.Nothing();
        }
        String own = text(order, "customer_order_number");
        if (!own.isEmpty() && !own.equalsIgnoreCase(ref.value())) {
            return new Found.Unreachable("it tells of another order, " + own);
        }
        return text(order, "status").equalsIgnoreCase(CANCELLED)
                ? new Found.Nothing()
                : new Found.Sold(sold(order, answer.body()));
    }

    /**
     * The numbers once the label is there: YunExpress tracks by the waybill's number until the carrier of the last mile has given
     * one, which may take days.
     */
    static List<ExternalNumber> numbersWithLabel(Answer.Read answer) {
        YunExpressAnswer said = YunExpressAnswer.of(answer);
        Reply order = said.result();
        String waybill = text(order, "waybill_number");
        if (said.isRefusal() || waybill.isEmpty()) {
            throw new IllegalArgumentException(said.words().isEmpty() ? "it has no waybill_number" : said.words());
        }
        String tracking = text(order, "tracking_number");
        return numbers(new ShipmentId(waybill), order, tracking.isEmpty() ? waybill : tracking);
    }

    private static List<ExternalNumber> numbers(ShipmentId id, Reply order, String tracking) {
        List<ExternalNumber> numbers = new ArrayList<>();
        if (!tracking.equals(id.value())) {
            numbers.add(new ExternalNumber("shipment", 0, id.value()));
        }
        if (!tracking.isEmpty()) {
            numbers.add(new ExternalNumber("tracking", 1, tracking));
        }
        String agent = text(order, "agent_number");
        if (!agent.isEmpty() && !agent.equals(tracking) && !agent.equals(id.value())) {
            numbers.add(new ExternalNumber("agent", 0, agent));
        }
        return numbers;
    }
}
