package io.waybill.dispatch;

import io.waybill.carrier.Charge;
import io.waybill.carrier.Rates.Rate;
import io.waybill.measure.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The prices of a shipment that is bought in pieces: of each service that takes every piece, the sum. */
final class SummedRates {
    private SummedRates() {}

    /** @param pieces the prices of each piece */
    static List<Rate> of(List<List<Rate>> pieces) {
        if (pieces.stream().anyMatch(List::isEmpty)) {
            return List.of();
        }
        Optional<List<Rate>> none = pieces.stream()
                .filter(piece -> piece.stream().allMatch(SummedRates::isOfNoService))
                .findFirst();
        if (none.isPresent()) {
            return none.get();
        }
        return pieces.get(0).stream()
                .flatMap(first -> sum(first, pieces).stream())
                .toList();
    }

    private static boolean isOfNoService(Rate rate) {
        return rate.service().equals("*") && rate.excluded() != null;
    }

    private static Optional<Rate> sum(Rate first, List<List<Rate>> pieces) {
        List<Rate> each = new ArrayList<>();
        for (List<Rate> piece : pieces) {
            Optional<Rate> same = piece.stream()
                    .filter(rate -> rate.service().equals(first.service()))
                    .findFirst();
            if (same.isEmpty()) {
                return Optional.empty();
            }
            each.add(same.get());
        }
        return Optional.of(each.stream()
                .filter(rate -> rate.excluded() != null)
                .findFirst()
                .orElseGet(() -> sum(each)));
    }

    private static Rate sum(List<Rate> each) {
        return new Rate(
                each.get(0).service(),
                charges(each),
                whenAll(each, Rate::total, Money::plus),
                whenAll(each, Rate::list, Money::plus),
                whenAll(each, Rate::days, Math::max),
                whenAll(each, Rate::promised, SummedRates::later),
                null);
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    /** Null when one piece does not say. */
    private static <T> @Nullable T whenAll(List<Rate> each, Function<Rate, @Nullable T> part, BinaryOperator<T> sum) {
        return each.stream().allMatch(rate -> part.apply(rate) != null)
                ? each.stream().map(part).filter(Objects::nonNull).reduce(sum).orElse(null)
                : null;
    }

    /** Parts that differ in the amount alone are one part. */
    private static List<Charge> charges(List<Rate> each) {
        Map<List<@Nullable Object>, Charge> parts = new LinkedHashMap<>();
        each.stream()
                .flatMap(rate -> rate.charges().stream())
                .forEach(charge -> parts.merge(kind(charge), charge, SummedRates::plus));
        return List.copyOf(parts.values());
    }

    private static List<@Nullable Object> kind(Charge charge) {
        return Stream.<@Nullable Object>of(charge.type(), charge.amount().currency(), charge.code(), charge.text())
                .toList();
    }

    private static Charge plus(Charge one, Charge other) {
        return new Charge(one.type(), one.amount().plus(other.amount()), one.code(), one.text());
    }
}
