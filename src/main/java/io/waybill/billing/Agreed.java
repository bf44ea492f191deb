package io.waybill.billing;

import io.waybill.ledger.InvoiceLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the contract says of one line: its weight, its zone, its price and extras, its fuel. What it does not say is noted as not checked.
 *
 * @param foreign its amounts are in another currency than the bill: percents, weights and zones are all it says then
 */
record Agreed(Contract contract, Unchecked unchecked, boolean foreign) {
    private static final String SIDE = "\\s*(\\d{1,9}(?:\\.\\d{0,9})?|\\.\\d{1,9})\\s*";

    /** What stands behind a further x is passed over. */
    private static final Pattern SIDES = Pattern.compile(SIDE + "[xX]" + SIDE + "[xX]" + SIDE + "(?:[xX].*)?");

    /** What the dimensions weigh by the contract, or null. */
    @Nullable
    BigDecimal byDivisor(InvoiceLine words) {
        if (words.dimensions() == null) {
            return null;
        }
        BigDecimal divisor = terms(words).map(Contract.Terms::divisor).orElse(null);
        if (divisor == null || divisor.signum() == 0) {
            unchecked.add("divisor", String.valueOf(words.shipDate()));
            return null;
        }
        Matcher sides = SIDES.matcher(words.dimensions());
        return sides.matches()
                ? new BigDecimal(sides.group(1))
                        .multiply(new BigDecimal(sides.group(2)))
                        .multiply(new BigDecimal(sides.group(3)))
                        .divide(divisor, 0, RoundingMode.CEILING)
                : null;
    }

    static String weights(InvoiceLine words, @Nullable BigDecimal byDivisor) {
        String unit = Plain.text(words.weightUnit());
        String billed = (Plain.text(words.billedWeight()) + " " + unit).strip();
        String said = Stream.of(
                        named("entered", Plain.text(words.enteredWeight())),
                        named("billed", words.billedWeight() == null ? "" : billed),
                        named("dimensions", Plain.text(words.dimensions())),
                        named("byDivisor", byDivisor == null ? "" : byDivisor.toPlainString()))
                .filter(pair -> !pair.isEmpty())
                .collect(Collectors.joining("; "));
        return said.isEmpty() ? "weights=none on the bill" : said;
    }

    /** Nothing of what the bill does not say. */
    private static String named(String name, String value) {
        return value.isEmpty() ? "" : name + "=" + value;
    }

    static boolean isHeavier(InvoiceLine words) {
        return words.enteredWeight() != null
                && words.billedWeight() != null
                && words.enteredWeight().signum() > 0
                && words.billedWeight().compareTo(words.enteredWeight().setScale(0, RoundingMode.CEILING)) > 0;
    }

    /** Whether no more than the least weight of the service is billed: as the contract says, else as the carrier does. */
    boolean isMinimum(InvoiceLine words) {
        BigDecimal billed = words.billedWeight();
        BigDecimal least = terms(words)
                .map(terms -> terms.minimums().get(Plain.text(words.service())))
                .orElse(null);
        if (least != null) {
            return billed != null && billed.compareTo(least) <= 0;
        }
        boolean said = "3".equals(words.weightType());
        if (said) {
            unchecked.add("minimums", Plain.text(words.service()));
        }
        return said;
    }

    /** Whether what was measured is what the contract's own divisor arrives at. */
    boolean isOwed(InvoiceLine words) {
        BigDecimal own = byDivisor(words);
        return own != null && words.billedWeight() != null && own.compareTo(words.billedWeight()) >= 0;
    }

    /** The percent off the list price of a transport, or null. */
    Contract.@Nullable Discount discount(InvoiceLine words) {
        List<Contract.Discount> discounts =
                terms(words).map(Contract.Terms::discounts).orElse(List.of());
        if (discounts.isEmpty()) {
            unchecked.add("discounts", "");
            return null;
        }
        if (words.listAmount() == null) {
            unchecked.add("list-price", Plain.text(words.service()));
            return null;
        }
        Contract.Discount first = discounts.stream()
                .filter(discount -> discount.fits(words))
                .findFirst()
                .orElse(null);
        if (first == null) {
            unchecked.add("discount", Plain.text(words.service()) + "/" + Plain.text(words.zone()));
        }
        return first == null || (foreign && first.minimum() != null) ? null : first;
    }

    /** The extras fuel is charged on beside the transport. */
    Set<String> fuelOn(InvoiceLine words) {
        return terms(words).map(Contract.Terms::fuelOn).orElse(Set.of());
    }

    /** What an extra is called in a contract: by its code, or its text where it has none. */
    static String code(InvoiceLine words) {
        return words.carrierCode() == null ? Plain.text(words.carrierText()) : words.carrierCode();
    }

    /** What an extra costs by the contract, or null. */
    @Nullable
    BigDecimal accessorial(InvoiceLine words) {
        if (foreign) {
            return null;
        }
        String code = code(words);
        BigDecimal agreed =
                terms(words).map(terms -> terms.accessorials().get(code)).orElse(null);
        if (agreed == null) {
            unchecked.add("accessorials", code);
        }
        return agreed;
    }

    /**
     * The zone the contract has for a place, or null.
     *
     * @param destination country and postal code: {@code US-78701}
     */
    @Nullable
    String zone(InvoiceLine words, @Nullable String destination) {
        if (words.zone() == null) {
            return null;
        }
        Map<String, String> zones = terms(words).map(Contract.Terms::zones).orElse(Map.of());
        String zone = destination == null
                ? null
                : zones.keySet().stream()
                        .filter(destination::startsWith)
                        .max(Comparator.comparingInt(String::length))
                        .map(zones::get)
                        .orElse(null);
        if (zones.isEmpty()) {
            unchecked.add("zone-chart", "");
        } else if (zone == null) {
            unchecked.add("zones", destination == null ? "?" : destination.substring(0, destination.indexOf('-')));
        }
        return zone;
    }

    private Optional<Contract.Terms> terms(InvoiceLine words) {
        return contract.on(words.shipDate());
    }

    /** The fuel percent of a day's week, or null: then it is said that there is no table. */
    @Nullable
    BigDecimal percent(@Nullable LocalDate day) {
        if (day == null) {
            return null;
        }
        BigDecimal percent = contract.on(day)
                .map(terms -> terms.fuel().get(Contract.week(day)))
                .orElse(null);
        if (percent == null) {
            unchecked.add("fuel", Contract.week(day));
        }
        return percent;
    }

    /** So many working days after a day. */
    static LocalDate workdays(LocalDate from, int days, Set<LocalDate> holidays) {
        LocalDate day = from;
        for (int left = days; left > 0; ) {
            day = day.plusDays(1);
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY
                    && day.getDayOfWeek() != DayOfWeek.SUNDAY
                    && !holidays.contains(day)) {
                left--;
            }
        }
        return day;
    }
}
