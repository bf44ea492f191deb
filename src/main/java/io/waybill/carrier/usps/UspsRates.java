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
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code OptionsResponse}. Of a mail class there are many options; the price is the lowest of those that the label
 * would be bought as: packed as this parcel is, and handed in anywhere.
 */
final class UspsRates {
    private static final Set<String> ANYWHERE = Set.of("", "NONE", "INTERNATIONAL_SERVICE_CENTER");
    private static final Pattern DAYS = Pattern.compile("(\\d{1,2})[\\s-]*days?", Pattern.CASE_INSENSITIVE);
    private static final Comparator<Priced> BEST =
            Comparator.comparing((Priced priced) -> !priced.fits()).thenComparing(Priced::total);
    private static final String NAMELESS = "USPS states a price and not of which mail class";
    private static final String OTHERWISE = "USPS has it for other packaging, or handed in at the destination, only";

    private UspsRates() {}

    /** @param fits it is what the label would be bought as */
    private record Priced(Reply option, BigDecimal total, boolean fits) {}

    static List<Rate> rates(Answer.Read answer, Shipment shipment) {
        if (!answer.ok() || UspsErrors.isToldInSuccess(answer)) {
            return List.of(Rate.excluded("*", UspsErrors.of(answer).words()));
        }
        UspsPackage parcel = UspsPackage.of(shipment);
        UspsLane lane = UspsLane.of(shipment);
        Function<String, Predicate<String>> asked =
                mailClass -> UspsExtras.of(shipment.order(), lane, mailClass)::holds;
        Map<String, Priced> agreed = new LinkedHashMap<>();
        Map<String, Priced> list = new LinkedHashMap<>();
        List<Rate> rates = new ArrayList<>();
        for (Reply pricing : Reply.of(answer.body()).list("pricingOptions")) {
            boolean own = pricing.text("priceType").equalsIgnoreCase("CONTRACT");
            for (Reply service : pricing.list("shippingOptions")) {
                for (Reply option : service.list("rateOptions")) {
                    if (named(service, option).isEmpty()) {
                        rates.add(Rate.excluded("*", NAMELESS));
                        continue;
                    }
                    priced(option, parcel, asked.apply(named(service, option)))
                            .ifPresent(price -> (own ? agreed : list)
                                    .merge(named(service, option), price, BinaryOperator.minBy(BEST)));
                }
            }
        }
        Map<String, Priced> best = new LinkedHashMap<>(agreed);
        list.forEach((mailClass, price) -> best.merge(mailClass, price, UspsRates::better));
        best.forEach((mailClass, price) -> {
            Priced beside = price.equals(agreed.get(mailClass)) ? list.get(mailClass) : null;
            rates.add(rate(UspsServices.ALL.word(mailClass), price, beside, asked.apply(mailClass)));
        });
        return rates;
    }

    /** The contract's, unless it has none for what this parcel is packed in. */
    private static Priced better(Priced agreed, Priced listed) {
        return listed.fits() && !agreed.fits() ? listed : agreed;
    }

    private static String named(Reply service, Reply option) {
        String mailClass = service.text("mailClass");
        return mailClass.isEmpty() ? option.text("rates", "mailClass") : mailClass;
    }

    private static Optional<Priced> priced(Reply option, UspsPackage parcel, Predicate<String> asked) {
        boolean fits = option.list("rates").stream()
                .allMatch(rate -> ANYWHERE.contains(rate.text("destinationEntryFacilityType"))
                        && parcel.isPricedAs(rate.text("rateIndicator")));
        BigDecimal total = UspsCharges.total(option, asked);
        return total.signum() > 0 ? Optional.of(new Priced(option, total, fits)) : Optional.empty();
    }

    /** One that is bought otherwise than this parcel is told with its price, and cannot be chosen. */
    private static Rate rate(String service, Priced found, @Nullable Priced beside, Predicate<String> asked) {
        Money total = UspsCharges.dollars(found.total());
        Reply commitment = found.option().at("commitment");
        return new Rate(
                service,
                UspsCharges.ofRate(found.option(), total, asked),
                total,
                beside != null && beside.fits() == found.fits() ? UspsCharges.dollars(beside.total()) : null,
                days(commitment),
                promised(commitment),
                found.fits() ? null : OTHERWISE);
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
                // the next one may be
            }
        }
        return null;
    }
}
