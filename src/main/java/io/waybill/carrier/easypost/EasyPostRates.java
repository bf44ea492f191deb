package io.waybill.carrier.easypost;

import io.waybill.carrier.Answer;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code rates} of a shipment, and {@code messages} of carriers that give none. */
final class EasyPostRates {
    private static final List<String> LATER =
            List.of("timed out", "timeout", "did not respond", "no response", "try again", "unavailable", "internal");

    private static final BigDecimal UNKNOWN = BigDecimal.valueOf(Long.MAX_VALUE);

    private EasyPostRates() {}

    static List<Rate> rates(Answer.Read answer) {
        if (!answer.ok()) {
            return List.of(Rate.excluded("*", EasyPostError.of(answer).words()));
        }
        Reply shipment = EasyPostSale.shipment(answer);
        List<Rate> all = new ArrayList<>();
        shipment.list("rates").forEach(rate -> all.add(readable(rate)));
        shipment.list("messages").stream()
                .map(EasyPostRates::said)
                .filter(words -> !words.isEmpty())
                .distinct()
                .forEach(words -> all.add(Rate.excluded("*", words)));
        return all;
    }

    private static Rate readable(Reply rate) {
        try {
            Money total = rate.money("rate", "currency");
            return new Rate(
                    word(rate), new PriceParts(total).all(), total, list(rate), days(rate), promised(rate), null);
        } catch (RuntimeException unreadable) {
            return Rate.excluded(word(rate), "its price cannot be read: " + unreadable.getMessage());
        }
    }

    private static @Nullable Money list(Reply rate) {
        return rate.text("list_rate").isEmpty() || rate.text("list_currency").isEmpty()
                ? null
                : PriceParts.beside(() -> Optional.of(rate.money("list_rate", "list_currency")))
                        .orElse(null);
    }

    private static @Nullable Integer days(Reply rate) {
        return Stream.of(rate.text("delivery_days"), rate.text("est_delivery_days"))
                .filter(text -> text.matches("\\d{1,4}(\\.0*)?"))
                .map(text -> new BigDecimal(text).intValue())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable LocalDate promised(Reply rate) {
        String date = rate.text("delivery_date");
        try {
            return date.length() < 10 ? null : LocalDate.parse(date.substring(0, 10));
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    static boolean hasService(Reply shipment, String service) {
        return shipment.list("rates").stream().anyMatch(rate -> code(rate).equalsIgnoreCase(service));
    }

    /**
     * The cheapest of a service, where several accounts of its carrier offer it; one whose price EasyPost does not know, and calls
     * nothing, where there is no other.
     *
     * @throws RefusedException when the carrier does not offer it
     * @throws IllegalStateException when the carrier did not answer
     */
    static Reply chosen(Reply shipment, String service) {
        return shipment.list("rates").stream()
                .filter(rate -> code(rate).equalsIgnoreCase(service))
                .min(Comparator.comparing((Reply rate) -> PriceParts.amount(rate, "rate")
                                .filter(price -> price.signum() > 0)
                                .orElse(UNKNOWN))
                        .thenComparing(rate -> rate.text("id")))
                .orElseThrow(() -> none(shipment, service));
    }

    private static RuntimeException none(Reply shipment, String service) {
        String carrier = service.substring(0, service.indexOf('.'));
        String words = shipment.list("messages").stream()
                .filter(message -> message.text("carrier").equalsIgnoreCase(carrier))
                .map(EasyPostRates::said)
                .distinct()
                .collect(Collectors.joining("; "));
        String said = words.toLowerCase(Locale.ROOT);
        if (LATER.stream().anyMatch(said::contains)) {
            return new IllegalStateException("no rate of " + service + " now: " + words);
        }
        if (!words.isEmpty()) {
            return new RefusedException(words, "/service");
        }
        return Refusals.takesNot(
                service,
                "/service",
                shipment.list("rates").stream().map(EasyPostRates::word).toList());
    }

    /** What is said beside a shipment that was bought; why another carrier than the one it was bought of had no price says nothing of it. */
    static Stream<String> saidBeside(Reply shipment) {
        String bought = shipment.text("selected_rate", "carrier");
        return shipment.list("messages").stream()
                .filter(message -> !message.text("type").equals("rate_error")
                        || message.text("carrier").equalsIgnoreCase(bought))
                .map(EasyPostRates::said);
    }

    private static String said(Reply message) {
        if (message.json().isTextual()) {
            return message.text();
        }
        String words = message.text("message");
        return words.isEmpty() ? "" : (message.text("carrier") + ": " + words).replaceFirst("^: ", "");
    }

    private static String code(Reply rate) {
        return rate.text("carrier") + "." + rate.text("service");
    }

    private static String word(Reply rate) {
        return EasyPostFactory.SERVICES.word(code(rate));
    }
}
