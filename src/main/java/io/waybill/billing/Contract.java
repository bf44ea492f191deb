package io.waybill.billing;

import io.waybill.ledger.InvoiceLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed with a carrier for one account: {@code contracts/<account>.yaml}. What it does not say is not checked.
 *
 * @param numbers the carrier's numbers of the account; empty: not said
 * @param currency its amounts are in, and invoices that name none; or null
 * @param terms the latest first
 * @param seen the day it is looked at, or null
 */
record Contract(
        Set<String> numbers,
        @Nullable String currency,
        List<Terms> terms,
        @Nullable LocalDate seen) {
    static final Contract NONE = new Contract(Set.of(), null, List.of());

    Contract {
        terms = terms.stream()
                .sorted(Comparator.comparing(Terms::from).reversed())
                .toList();
    }

    Contract(Set<String> numbers, @Nullable String currency, List<Terms> terms) {
        this(numbers, currency, terms, null);
    }

    /** Whether it is one of {@link #numbers}, however either is written: {@code 0000A1B2C3} is {@code a1b2c3}. */
    boolean hasNumber(String number) {
        String wanted = Numbers.account(number);
        return numbers.stream().anyMatch(own -> Numbers.account(own).equals(wanted));
    }

    /**
     * Terms that hold from a day on. Services are the carrier's words for them.
     *
     * @param tolerance of one shipment's price
     * @param divisor cubic dimensions to one unit of weight, or null
     * @param fuel percent of the transport by ISO week: {@code 2026-W47}
     * @param fuelOn the extras it is charged on too, named as in {@code accessorials}
     * @param guaranteed days within which a service is promised to arrive, of those whose delay is paid back
     * @param holidays days that are no working days
     * @param disputeDays how long after its date an invoice can be disputed, or null
     * @param claimDays how long after the shipping day a delay can be claimed
     * @param scanDays how long after the shipping day a parcel that was shipped has been scanned
     * @param discounts the first that fits counts
     * @param minimums the least weight billed, by service, in the unit of the bill
     * @param accessorials what an extra costs, by the carrier's code of it, or by its text where there is no code
     * @param zones by country, or country and the beginning of a postal code: {@code US-787}; the longest counts
     */
    record Terms(
            LocalDate from,
            @Nullable BigDecimal tolerance,
            @Nullable BigDecimal divisor,
            Map<String, BigDecimal> fuel,
            Set<String> fuelOn,
            Map<String, Integer> guaranteed,
            Set<LocalDate> holidays,
            int claimDays,
            @Nullable Integer disputeDays,
            int scanDays,
            List<Discount> discounts,
            Map<String, BigDecimal> minimums,
            Map<String, BigDecimal> accessorials,
            Map<String, String> zones) {}

    /**
     * Percent off the list price of transport.
     *
     * @param service and {@code zone}: null for any
     * @param upTo this billed weight, or null for any
     * @param minimum what no discount goes below, or null
     */
    record Discount(
            @Nullable String service,
            @Nullable String zone,
            @Nullable BigDecimal upTo,
            BigDecimal percent,
            @Nullable BigDecimal minimum) {

        boolean fits(InvoiceLine line) {
            return (service == null || service.equals(line.service()))
                    && (zone == null || zone.equals(line.zone()))
                    && (upTo == null
                            || (line.billedWeight() != null
                                    && line.billedWeight().compareTo(upTo) <= 0));
        }
    }

    /** For who looks at it on this day. */
    Contract seenOn(LocalDate today) {
        return new Contract(numbers, currency, terms, today);
    }

    /** Those in force on a day; where none is named, on the day it is looked at, or the latest. */
    Optional<Terms> on(@Nullable LocalDate day) {
        LocalDate on = day == null ? seen : day;
        return on == null
                ? terms.stream().findFirst()
                : terms.stream().filter(term -> !term.from().isAfter(on)).findFirst();
    }

    /** Whether its amounts are in another currency: then they say nothing of it. */
    boolean isForeign(String wanted) {
        return currency != null && !currency.equals(wanted);
    }

    BigDecimal tolerance(@Nullable LocalDate day) {
        return on(day).map(Terms::tolerance).orElse(BigDecimal.ZERO);
    }

    /** Whether any of its terms tells zones. */
    boolean tellsZones() {
        return terms.stream().anyMatch(term -> !term.zones().isEmpty());
    }

    /** {@code 2026-W47}. */
    static String week(LocalDate day) {
        return "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
}
