package io.waybill.carrier.ups;

import io.waybill.carrier.Answer;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code RateResponse}. A refusal is one rate of no service that says why. */
final class UpsRates {
    private UpsRates() {}

    static List<Rate> rates(Answer.Read answer) {
        if (!answer.ok()) {
            return List.of(Rate.excluded("*", UpsErrors.of(answer).words()));
        }
        Reply json = Reply.of(answer.body());
        List<Reply> rated = json.list("RateResponse", "RatedShipment");
        return rated.isEmpty()
                ? whyNone(answer, json)
                : rated.stream().map(UpsRates::rateOrWhyNot).toList();
    }

    /** In the words of its errors or its alerts, where it has any. */
    private static List<Rate> whyNone(Answer.Read answer, Reply json) {
        String alerts = json.list("RateResponse", "Response", "Alert").stream()
                .map(alert -> alert.text("Description"))
                .filter(words -> !words.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
        if (json.at("RateResponse").isPresent()) {
            return alerts.isEmpty() ? List.of() : List.of(Rate.excluded("*", alerts));
        }
        return List.of(Rate.excluded("*", UpsErrors.of(answer).words()));
    }

    /** A price that cannot be read takes no other with it. */
    private static Rate rateOrWhyNot(Reply rated) {
        try {
            return rate(rated);
        } catch (RuntimeException unreadable) {
            String code = rated.text("Service", "Code");
            return Rate.excluded(
                    code.isEmpty() ? "*" : UpsFactory.SERVICES.word(code),
                    "its price cannot be read: " + unreadable.getMessage());
        }
    }

    private static Rate rate(Reply rated) {
        String service = UpsFactory.SERVICES.word(rated.required("Service", "Code"));
        Optional<Money> agreed = UpsCharges.negotiated(rated);
        Optional<Money> list =
                agreed.isPresent() ? PriceParts.beside(() -> UpsCharges.list(rated)) : UpsCharges.list(rated);
        Optional<Money> total = agreed.or(() -> list);
        return total.map(money -> new Rate(
                        service,
                        UpsCharges.ofRate(rated, money),
                        money,
                        agreed.isPresent() ? list.orElse(null) : null,
                        days(rated),
                        promised(rated),
                        null))
                .orElseGet(() -> Rate.excluded(service, "UPS states no price"));
    }

    private static @Nullable Integer days(Reply rated) {
        Reply arrival = rated.at("TimeInTransit", "ServiceSummary", "EstimatedArrival");
        for (String days : List.of(
                arrival.text("TotalTransitDays"),
                arrival.text("BusinessDaysInTransit"),
                rated.text("GuaranteedDelivery", "BusinessDaysInTransit"))) {
            if (days.matches("\\d{1,3}")) {
                return Integer.valueOf(days);
            }
        }
        return null;
    }

    private static @Nullable LocalDate promised(Reply rated) {
        String estimated = rated.text("TimeInTransit", "ServiceSummary", "EstimatedArrival", "Arrival", "Date");
        String date = estimated.isEmpty() ? rated.text("GuaranteedDelivery", "ScheduledDeliveryDate") : estimated;
        try {
            return LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException none) {
            return null;
        }
    }
}
