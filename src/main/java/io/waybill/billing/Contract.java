package io.waybill.billing;

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
 * @param currency its invoices are in, or null
 * @param terms the latest first
 */
record Contract(Set<String> numbers, @Nullable String currency, List<Terms> terms) {
    static final Contract NONE = new Contract(Set.of(), null, List.of());

    Contract {
        terms = terms.stream()
                .sorted(Comparator.comparing(Terms::from).reversed())
                .toList();
    }

    /**
     * Terms that hold from a day on.
     *
     * @param tolerance of one shipment's price, in the currency of the invoice
     * @param divisor cubic dimensions to one unit of weight, or null
     * @param fuel percent of the transport by ISO week: {@code 2026-W47}
     * @param guaranteed days within which a service is promised to arrive, of those whose delay is paid back
     * @param disputeDays how long after its date an invoice can be disputed, or null
     * @param claimDays how long after the shipping day a delay can be claimed
     */
    record Terms(
            LocalDate from,
            @Nullable BigDecimal tolerance,
            @Nullable BigDecimal divisor,
            Map<String, BigDecimal> fuel,
            Map<String, Integer> guaranteed,
            int claimDays,
            @Nullable Integer disputeDays) {}

    /** Those in force on a day. */
    Optional<Terms> on(@Nullable LocalDate day) {
        return day == null
                ? terms.stream().findFirst()
                : terms.stream().filter(term -> !term.from().isAfter(day)).findFirst();
    }

    BigDecimal tolerance(@Nullable LocalDate day) {
        return on(day).map(Terms::tolerance).orElse(BigDecimal.ZERO);
    }

    /** {@code 2026-W47}. */
    static String week(LocalDate day) {
        return "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
}
