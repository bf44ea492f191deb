package io.waybill.carrier.fedex;

import io.waybill.carrier.Answer;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ScanTime;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code rateReplyDetails}. A refusal is one rate of no service that says why. */
final class FedexRates {
    private static final ScanTime TIMES = ScanTime.american("fedex");
    private static final List<String> NUMBERS = List.of(
            "ZERO",
            "ONE",
            "TWO",
            "THREE",
            "FOUR",
            "FIVE",
            "SIX",
            "SEVEN",
            "EIGHT",
            "NINE",
            "TEN",
            "ELEVEN",
            "TWELVE",
            "THIRTEEN",
            "FOURTEEN",
            "FIFTEEN",
            "SIXTEEN",
            "SEVENTEEN",
            "EIGHTEEN",
            "NINETEEN",
            "TWENTY");

    private FedexRates() {}

    static List<Rate> rates(Answer.Read answer, Order order) {
        Reply json = Reply.of(answer.body());
        if (!answer.ok() || !json.list("errors").isEmpty()) {
            return List.of(Rate.excluded("*", FedexErrors.of(answer).words()));
        }
        List<Reply> details = json.list("output", "rateReplyDetails");
        String alerts = words(json.list("output", "alerts"));
        return details.isEmpty() && !alerts.isEmpty()
                ? List.of(Rate.excluded("*", alerts))
                : wanted(details, order.options()).stream()
                        .map(detail -> readable(detail, order.options()))
                        .toList();
    }

    /** Asked with Saturdays, FedEx tells a service with them and without; the label is bought with them. */
    private static List<Reply> wanted(List<Reply> details, Order.@Nullable Options options) {
        Set<String> onSaturday = options == null || !Boolean.TRUE.equals(options.saturday())
                ? Set.of()
                : details.stream()
                        .filter(FedexRates::isOnSaturday)
                        .map(detail -> detail.text("serviceType"))
                        .collect(Collectors.toSet());
        return details.stream()
                .filter(detail -> isOnSaturday(detail) || !onSaturday.contains(detail.text("serviceType")))
                .toList();
    }

    private static boolean isOnSaturday(Reply detail) {
        return Boolean.parseBoolean(detail.text("commit", "saturdayDelivery"))
                || detail.list("ratedShipmentDetails").stream()
                        .anyMatch(one -> FedexCharges.hasSurcharge(one, "SATURDAY_DELIVERY"));
    }

    /** A price that cannot be read takes no other with it; what the label would be refused for has none. */
    private static Rate readable(Reply detail, Order.@Nullable Options options) {
        try {
            if (options != null) {
                FedexShipRequest.requireNoBatteries(options.batteries(), detail.text("serviceType"));
            }
            return rate(detail);
        } catch (RefusedException no) {
            return Rate.excluded(FedexServices.ALL.word(detail.text("serviceType")), no.problem("FedEx"));
        } catch (RuntimeException unreadable) {
            String type = detail.text("serviceType");
            return Rate.excluded(
                    type.isEmpty() ? "*" : FedexServices.ALL.word(type),
                    "its price cannot be read: " + unreadable.getMessage());
        }
    }

    /** The account's rate is the price and the list's stands beside it; without one of the account, the list's is the price. */
    private static Rate rate(Reply detail) {
        String service = FedexServices.ALL.word(detail.required("serviceType"));
        List<Reply> rated = detail.list("ratedShipmentDetails");
        Optional<Reply> agreed = ofType(rated, "ACCOUNT");
        Optional<Reply> list = ofType(rated, "LIST");
        Optional<Reply> price = agreed.or(() -> list).or(() -> rated.stream().findFirst());
        Optional<Money> total = price.flatMap(FedexCharges::total);
        if (total.isEmpty()) {
            return Rate.excluded(service, why(detail));
        }
        return new Rate(
                service,
                FedexCharges.parts(price.orElseThrow()),
                total.get(),
                agreed.isPresent()
                        ? PriceParts.beside(() -> list.flatMap(FedexCharges::total))
                                .orElse(null)
                        : null,
                days(detail),
                promised(detail),
                null);
    }

    private static Optional<Reply> ofType(List<Reply> rated, String type) {
        return rated.stream().filter(one -> one.text("rateType").contains(type)).findFirst();
    }

    private static String why(Reply detail) {
        String words = words(detail.list("customerMessages"));
        return words.isEmpty() ? "FedEx states no price" : words;
    }

    private static String words(List<Reply> messages) {
        return messages.stream()
                .map(one -> one.text("message"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** {@code TWO_DAYS}; of a range its end. */
    private static @Nullable Integer days(Reply detail) {
        return Stream.of(
                        detail.text("commit", "daysInTransit"),
                        detail.text("operationalDetail", "transitTime"),
                        detail.text("operationalDetail", "MaximumTransitTime"),
                        detail.text("commit", "transitDays", "maximumTransitTime"),
                        detail.text("commit", "transitDays", "minimumTransitTime"))
                .map(word -> NUMBERS.indexOf(word.replaceFirst("_DAYS?$", "")))
                .filter(number -> number >= 0)
                .findFirst()
                .orElse(null);
    }

    /** FedEx's document has two names for the day. */
    private static @Nullable LocalDate promised(Reply detail) {
        return Stream.of(
                        detail.text("commit", "dateDetail", "dayFormat"),
                        detail.text("commit", "dateDetail", "dayCxsFormat"),
                        detail.text("operationalDetail", "deliveryDate"),
                        detail.text("operationalDetail", "commitDate"))
                .flatMap(text -> TIMES.at(text, ZoneOffset.UTC).stream())
                .map(OffsetDateTime::toLocalDate)
                .findFirst()
                .orElse(null);
    }
}
