package io.waybill.billing;

import io.waybill.ledger.SumBook.Alike;
import io.waybill.ledger.SumBook.Sum;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lines on their way into one currency, each at the rate of its day. What has no rate is kept in its own currency. */
final class Conversion {
    private final String currency;
    private final FxRates table;
    private final Map<Place, Group> groups = new LinkedHashMap<>();
    private final TreeSet<Sums.Rate> used =
            new TreeSet<>(Comparator.comparing(Sums.Rate::from).thenComparing(Sums.Rate::date));

    Conversion(String currency, FxRates table) {
        this.currency = currency;
        this.table = table;
    }

    private record Place(List<String> keys, String currency) {}

    /** The sides of one row of the answer. */
    private static final class Group {
        final Map<String, BigDecimal> sides = new HashMap<>();
        final TreeSet<LocalDate> withoutRate = new TreeSet<>();

        BigDecimal side(String name) {
            return sides.getOrDefault(name, BigDecimal.ZERO);
        }
    }

    void add(Alike lines) {
        Optional<BigDecimal> converted = converted(lines);
        String in = converted.isPresent() ? currency : lines.currency();
        Group group = groups.computeIfAbsent(new Place(lines.keys(), in), first -> new Group());
        if (converted.isEmpty()) {
            group.withoutRate.add(lines.day());
        }
        BigDecimal each = converted.orElse(lines.amount());
        group.sides.merge(lines.side(), each.multiply(BigDecimal.valueOf(lines.lines())), BigDecimal::add);
    }

    /** One of these lines in the currency, or empty without a rate. */
    private Optional<BigDecimal> converted(Alike lines) {
        if (lines.currency().equals(currency)) {
            return Optional.of(lines.amount());
        }
        return table.of(lines.currency(), currency, lines.day()).map(rate -> {
            used.add(rate);
            return Rounding.converted(lines.amount(), rate.rate(), currency);
        });
    }

    List<Sums.Rate> used() {
        return List.copyOf(used);
    }

    List<Sums.Row> rows() {
        return groups.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Sums.Row row(Place place, Group group) {
        Sum sum = new Sum(
                place.keys(),
                place.currency(),
                group.side("quoted"),
                group.side("expected"),
                group.side("billed"),
                group.side("settled"));
        return new Sums.Row(sum, group.withoutRate.isEmpty() ? null : missing(place.currency(), group.withoutRate));
    }

    /** {@code EUR to USD, 2026-11-16}, or from the first day to the last. */
    private String missing(String from, SortedSet<LocalDate> days) {
        String span = days.size() == 1 ? days.first().toString() : days.first() + " .. " + days.last();
        return from + " to " + currency + ", " + span;
    }
}
