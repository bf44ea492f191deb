package io.waybill.carrier.dhl_express;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the answer to {@code POST /rates}. A refusal is one rate of no service that says why. */
final class ExpressRates {
    private ExpressRates() {}

    static List<Rate> rates(Answer.Read answer) {
        if (!answer.ok()) {
            return List.of(Rate.excluded("*", ExpressErrors.words(answer)));
        }
        Reply json = Reply.of(answer.body());
        if (json.list("products").isEmpty() && ExpressErrors.isError(json)) {
            return List.of(Rate.excluded("*", ExpressErrors.words(answer)));
        }
        String warnings =
                json.list("warnings").stream().map(warning -> warning.text()).collect(Collectors.joining("; "));
        List<Rate> rates = json.list("products").stream()
                .map(product -> readable(product, warnings.isEmpty() ? "DHL states no price" : warnings))
                .toList();
        return rates.isEmpty() && !warnings.isEmpty() ? List.of(Rate.excluded("*", warnings)) : rates;
    }

    /** One that cannot be read hides no other. */
    private static Rate readable(Reply product, String warning) {
        try {
            return rate(product, warning);
        } catch (RuntimeException unreadable) {
            String code = product.text("productCode");
            return Rate.excluded(
                    code.isEmpty() ? "*" : ExpressFactory.SERVICES.word(code),
                    "its price cannot be read: " + unreadable.getMessage());
        }
    }

    private static Rate rate(Reply product, String warning) {
        String service = ExpressFactory.SERVICES.word(product.required("productCode"));
        Optional<Money> total = ExpressPrices.total(product);
        return total.map(money -> new Rate(
                        service,
                        ExpressPrices.ofProduct(product, money),
                        money,
                        days(product),
                        promised(product),
                        null))
                .orElseGet(() -> Rate.excluded(service, warning));
    }

    private static @Nullable Integer days(Reply product) {
        String days = product.text("deliveryCapabilities", "totalTransitDays");
        return days.matches("\\d{1,3}(\\.0*)?") ? Integer.valueOf(days.replaceFirst("\\..*", "")) : null;
    }

    private static @Nullable LocalDate promised(Reply product) {
        String time = product.text("deliveryCapabilities", "estimatedDeliveryDateAndTime");
        try {
            return LocalDate.parse(time.substring(0, Math.min(10, time.length())));
        } catch (DateTimeException none) {
            return null;
        }
    }
}
