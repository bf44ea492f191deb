package io.waybill.carrier.usps;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code OptionsResponse}. Of a mail class there are many options; the price is the lowest of those that the label
 * would be bought as: packed as this parcel is, and handed in anywhere.
 */
final class UspsRates {
    private static final Set<String> ANYWHERE = Set.of("", "NONE", "INTERNATIONAL_SERVICE_CENTER");
    private static final Pattern DAYS = Pattern.compile("(\\d{1,2})[\\s-]*days?", Pattern.CASE_INSENSITIVE);
    private static final Comparator<Priced> CHEAPEST = Comparator.comparing(Priced::total);

    private UspsRates() {}

    /** An option that can be bought. */
    private record Priced(Reply option, BigDecimal total) {}

    static List<Rate> rates(Answer.Read answer, Shipment shipment) {
        if (!answer.ok()) {
            return List.of(excluded("*", UspsErrors.of(answer).words()));
        }
        UspsPackage parcel = UspsPackage.of(shipment);
        Predicate<String> asked = UspsExtras.of(shipment.order(), UspsLane.of(shipment))::holds;
        Map<String, Optional<Priced>> agreed = new LinkedHashMap<>();
        Map<String, Optional<Priced>> list = new LinkedHashMap<>();
        for (Reply pricing : Reply.of(answer.body()).list("pricingOptions")) {
            boolean own = pricing.text("priceType").equalsIgnoreCase("CONTRACT");
            for (Reply service : pricing.list("shippingOptions")) {
                (own ? agreed : list).merge(mailClass(service), cheapest(service, parcel, asked), UspsRates::cheaper);
            }
        }
        return agreed.isEmpty() ? rates(list, Map.of(), asked) : rates(agreed, list, asked);
    }

    private static String mailClass(Reply service) {
        String mailClass = service.text("mailClass");
        return mailClass.isEmpty() ? service.required("rateOptions", "rates", "mailClass") : mailClass;
    }

    private static Optional<Priced> cheapest(Reply service, UspsPackage parcel, Predicate<String> asked) {
        List<Priced> fitting = new ArrayList<>();
        for (Reply option : service.list("rateOptions")) {
            boolean fits = option.list("rates").stream()
                    .allMatch(rate -> ANYWHERE.contains(rate.text("destinationEntryFacilityType"))
                            && parcel.isPricedAs(rate.text("rateIndicator")));
            BigDecimal total = UspsCharges.total(option, asked);
            if (fits && total.signum() > 0) {
                fitting.add(new Priced(option, total));
            }
        }
        return fitting.stream().min(CHEAPEST);
    }

    private static Optional<Priced> cheaper(Optional<Priced> one, Optional<Priced> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(CHEAPEST);
    }

    private static List<Rate> rates(
            Map<String, Optional<Priced>> prices, Map<String, Optional<Priced>> list, Predicate<String> asked) {
        List<Rate> rates = new ArrayList<>();
        prices.forEach((mailClass, price) -> {
            String service = UspsServices.ALL.word(mailClass);
            Optional<Money> beside =
                    list.getOrDefault(mailClass, Optional.empty()).map(other -> UspsCharges.dollars(other.total()));
            rates.add(price.map(found -> rate(service, found, beside.orElse(null), asked))
                    .orElseGet(() -> excluded(
                            service, "USPS has it for other packaging, or handed in at the destination, only")));
        });
        return rates;
    }

    private static Rate rate(String service, Priced found, @Nullable Money list, Predicate<String> asked) {
        Money total = UspsCharges.dollars(found.total());
        Reply commitment = found.option().at("commitment");
        return new Rate(
                service,
                UspsCharges.ofRate(found.option(), total, asked),
                total,
                list,
                days(commitment),
                promised(commitment),
                null);
    }

    private static Rate excluded(String service, String why) {
        return new Rate(service, List.of(), null, null, null, why);
    }

    /** {@code 2 Days}, {@code 1-day}; {@code MILITARY} and {@code NO STD} are none. */
    private static @Nullable Integer days(Reply commitment) {
        Matcher days = DAYS.matcher(commitment.text("name"));
        return days.find() ? Integer.valueOf(days.group(1)) : null;
    }

    private static @Nullable LocalDate promised(Reply commitment) {
        for (String date : List.of(commitment.text("expectedDeliveryDate"), commitment.text("scheduleDeliveryDate"))) {
            try {
                return LocalDate.parse(date.substring(0, Math.min(10, date.length())));
            } catch (DateTimeException none) {
                continue;
            }
        }
        return null;
    }
}
