package io.waybill.carrier.yunexpress;

import static io.waybill.carrier.yunexpress.YunExpressAnswer.text;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Voids.Voided;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** {@code POST /v1/order/cancel}, which works until the warehouse has received the parcel. It does not say what is given back. */
final class YunExpressVoid {
    private static final CodeTable REASONS = CodeTable.read(YunExpressVoid.class, "voids.csv", "unknown");
    private static final Set<String> RECEIVED = Set.of("B", "C", "D");

    private YunExpressVoid() {}

    static byte[] request(String waybill) {
        return RequestJson.bytes(RequestJson.object().put("waybill_number", waybill));
    }

    /** @param order asks for the order's status, where the refusal's words tell no reason */
    static Voided voided(Answer.Read answer, Supplier<Answer> order) {
        YunExpressAnswer said = YunExpressAnswer.of(answer);
        boolean isDone = said.success().isEmpty() ? said.isZero() : said.isSuccess();
        if (isDone && answer.ok()) {
            return new Voided.Done(null);
        }
        YunExpressError error = YunExpressError.of(answer);
        if (error.isAboutTheCaller() || error.isUnclear() || (!said.isRefusal() && answer.ok())) {
            return new Voided.Unknown("HTTP " + answer.status() + ": " + error.told());
        }
        String reason = reason(error.words());
        return new Voided.Refused(reason.equals("unknown") ? reason(order.get()) : reason, error.told());
    }

    private static String reason(String words) {
        String said = words.toLowerCase(Locale.ROOT);
        return REASONS.codes().stream()
                .filter(said::contains)
                .map(REASONS::word)
                .findFirst()
                .orElse("unknown");
    }

    private static String reason(Answer order) {
        String status = order.read(
                answer -> text(YunExpressAnswer.of(answer).result(), "status").toUpperCase(Locale.ROOT), silence -> "");
        if (status.equals("E")) {
            return "label_already_voided";
        }
        return RECEIVED.contains(status) ? "label_already_used" : "unknown";
    }
}
