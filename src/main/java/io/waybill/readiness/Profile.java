package io.waybill.readiness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a shipper ships: how much, when, how heavy, where to, by which services. */
final class Profile {
    private static final int MOST_DAYS = 800;
    private static final int MOST_WORDS = 300;
    private static final List<BigDecimal> WEIGHTS = List.of("0.5", "1", "2", "5", "10", "20", "30").stream()
            .map(BigDecimal::new)
            .toList();
    private static final BigDecimal THOUSAND = new BigDecimal(1000);
    private static final String HEAVIER = ">30";
    private static final BigDecimal DAYS_OF_A_MONTH = new BigDecimal(30);

    private final Map<LocalDate, Long> days = new TreeMap<>();
    private final Tally hours = new Tally(24);
    private final Tally weights = new Tally(WEIGHTS.size() + 1);
    private final Tally countries = new Tally(MOST_WORDS);
    private final Tally services = new Tally(MOST_WORDS);
    private long orders;
    private long parcels;
    private long weighed;
    private long undated;
    private long abroad;
    private BigDecimal grams = BigDecimal.ZERO;

    /** @param home the country it is sent from, or empty when it is not known */
    void add(Order order, String home) {
        orders++;
        parcels += Math.max(1, order.parcels().size());
        LocalDate day = day(order);
        if (day == null || (days.size() >= MOST_DAYS && !days.containsKey(day))) {
            undated++;
        } else {
            days.merge(day, 1L, Long::sum);
        }
        if (order.placedAt() != null) {
            hours.add(String.format("%02d", order.placedAt().getHour()));
        }
        order.parcels().stream()
                .map(Order.Parcel::weight)
                .filter(weight -> weight != null)
                .forEach(weight -> weigh(weight.grams()));
        countries.add(order.shipTo().country());
        abroad += home.isEmpty() || home.equals(order.shipTo().country()) ? 0 : 1;
        services.add(order.service() == null ? "-" : order.service());
    }

    private static @Nullable LocalDate day(Order order) {
        if (order.options() != null && order.options().shipDate() != null) {
            return order.options().shipDate();
        }
        return order.placedAt() == null ? null : order.placedAt().toLocalDate();
    }

    private void weigh(BigDecimal weight) {
        weighed++;
        grams = grams.add(weight);
        weights.add(WEIGHTS.stream()
                .filter(most -> weight.compareTo(most.multiply(THOUSAND)) <= 0)
                .findFirst()
                .map(most -> "≤" + most.toPlainString())
                .orElse(HEAVIER));
    }

    /** Calendar days from the first to the last order; a month where none has a date. */
    long span() {
        if (days.isEmpty()) {
            return DAYS_OF_A_MONTH.longValue();
        }
        List<LocalDate> dates = List.copyOf(days.keySet());
        return ChronoUnit.DAYS.between(dates.get(0), dates.get(dates.size() - 1)) + 1;
    }

    /** Orders on a day on which there are any. */
    BigDecimal perDay() {
        long shipping = days.isEmpty() ? span() : days.size();
        long dated = days.isEmpty() ? orders : orders - undated;
        return new BigDecimal(dated).divide(new BigDecimal(shipping), 1, RoundingMode.HALF_UP);
    }

    /** Parcels in 30 days, at the pace of the file; a file of less than a week is not stretched. */
    BigDecimal perMonth() {
        return span() < 7
                ? new BigDecimal(parcels)
                : new BigDecimal(parcels)
                        .multiply(DAYS_OF_A_MONTH)
                        .divide(new BigDecimal(span()), 0, RoundingMode.HALF_UP);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("orders", orders)
                .put("parcels", parcels)
                .put("days", days.size())
                .put("span", span())
                .put("undated", undated)
                .put("perDay", perDay())
                .put("perMonth", perMonth())
                .put("abroad", abroad)
                .put("weighed", weighed)
                .put(
                        "averageKg",
                        weighed == 0
                                ? null
                                : grams.divide(new BigDecimal(weighed).multiply(THOUSAND), 3, RoundingMode.HALF_UP));
        peak(json);
        json.set("byDay", days());
        json.set("byHour", counts(hours, true));
        json.set("weights", weights());
        json.set("countries", counts(countries, false));
        json.set("services", counts(services, false));
        return json;
    }

    private void peak(ObjectNode json) {
        days.entrySet().stream()
                .max(Map.Entry.<LocalDate, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .ifPresent(day -> json.putObject("peak")
                        .put("day", day.getKey().toString())
                        .put("orders", day.getValue()));
    }

    private ArrayNode days() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        days.forEach(
                (day, count) -> list.addObject().put("word", day.toString()).put("count", count));
        return list;
    }

    /** From light to heavy. */
    private ArrayNode weights() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        WEIGHTS.forEach(most -> bucket(list, "≤" + most.toPlainString()));
        bucket(list, HEAVIER);
        return list;
    }

    private void bucket(ArrayNode list, String name) {
        list.addObject().put("word", name + " kg").put("count", weights.of(name));
    }

    static ArrayNode counts(Tally tally, boolean byWord) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        var counted = tally.sorted().stream();
        (byWord ? counted.sorted(Map.Entry.comparingByKey()) : counted)
                .forEach(word -> list.addObject().put("word", word.getKey()).put("count", word.getValue()));
        return list;
    }
}
