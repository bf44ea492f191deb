package io.waybill.readiness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.RateSheet;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Money;
import io.waybill.order.Address;
import io.waybill.order.Order;
import io.waybill.problem.Messages;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the orders would cost by the rate sheets at hand: each service of each sheet, and the cheapest for every order. */
final class SheetCosts {
    private static final int MOST_WORDS = 40;

    private final List<RateSheet> sheets;
    private final LocalDate today;
    private final Map<Name, Line> lines = new TreeMap<>();
    private final Map<Currency, BigDecimal> cheapest = new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode));
    private final Tally chosen = new Tally(MOST_WORDS);
    private long asked;
    private long unpriced;

    /** A service as it is shown, and the place of its sheet, for two sheets may have one name. */
    private record Name(String shown, int sheet) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byName = shown.compareTo(other.shown);
            return byName == 0 ? Integer.compare(sheet, other.sheet) : byName;
        }
    }

    private static final class Line {
        private long priced;
        private @Nullable Money total;
        private @Nullable Money list;
        private final Tally zones = new Tally(MOST_WORDS);
        private final Tally reasons = new Tally(MOST_WORDS);
    }

    /** @param today the day for orders without a ship date */
    SheetCosts(List<RateSheet> sheets, LocalDate today) {
        this.sheets = List.copyOf(sheets);
        this.today = today;
    }

    boolean hasSheets() {
        return !sheets.isEmpty();
    }

    /** One order whose parcels all have a weight; answers with its prices. */
    List<Rate> add(Order order, Address from) {
        asked++;
        LocalDate day = Optional.ofNullable(order.options())
                .map(Order.Options::shipDate)
                .orElse(today);
        Shipment shipment = new Shipment(order, 1, "", from, order.parcels(), new LabelRequest("PDF", "4x6", 203));
        List<Rate> priced = new ArrayList<>();
        String best = null;
        Money least = null;
        for (int i = 0; i < sheets.size(); i++) {
            RateSheet sheet = sheets.get(i);
            for (Rate rate : sheet.rates(shipment, day)) {
                String name = sheet.name() + " " + rate.service();
                count(
                        lines.computeIfAbsent(new Name(name, i), key -> new Line()),
                        rate,
                        sheet.zone(rate.service(), from, order.shipTo(), day));
                if (rate.total() != null) {
                    priced.add(rate);
                    if (isLess(rate.total(), least)) {
                        best = name;
                        least = rate.total();
                    }
                }
            }
        }
        if (best == null || least == null) {
            unpriced++;
        } else {
            chosen.add(best);
            cheapest.merge(least.currency(), least.amount(), BigDecimal::add);
        }
        return priced;
    }

    /** Prices in other currencies than the first are not compared. */
    private static boolean isLess(Money price, @Nullable Money least) {
        return least == null
                || (price.currency().equals(least.currency()) && price.amount().compareTo(least.amount()) < 0);
    }

    private static void count(Line line, Rate rate, Optional<String> zone) {
        zone.ifPresent(line.zones::add);
        if (rate.total() == null) {
            line.reasons.add(rate.why() == null ? "-" : rate.why().code());
            return;
        }
        line.priced++;
        line.total = line.total == null ? rate.total() : line.total.plus(rate.total());
        Money list = rate.list() == null ? rate.total() : rate.list();
        line.list = line.list == null ? list : line.list.plus(list);
    }

    ObjectNode json(Locale language) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("orders", asked).put("unpriced", unpriced);
        ArrayNode names = json.putArray("sheets");
        sheets.forEach(sheet -> names.add(sheet.name()));
        ArrayNode list = json.putArray("services");
        lines.forEach((name, line) -> line(list.addObject().put("name", name.shown()), line, language));
        ArrayNode sums = json.putArray("cheapest");
        cheapest.forEach((currency, amount) ->
                sums.addObject().put("amount", amount.toPlainString()).put("currency", currency.getCurrencyCode()));
        json.set("chosen", Profile.counts(chosen, false));
        return json;
    }

    private static void line(ObjectNode json, Line line, Locale language) {
        json.put("priced", line.priced);
        if (line.total != null && line.list != null) {
            Money total = line.total;
            json.put("total", total.amount().toPlainString())
                    .put("list", line.list.amount().toPlainString())
                    .put("currency", total.currency().getCurrencyCode())
                    .put(
                            "average",
                            total.amount()
                                    .divide(new BigDecimal(line.priced), 2, RoundingMode.HALF_UP)
                                    .toPlainString());
        }
        json.set("zones", Profile.counts(line.zones, false));
        ArrayNode reasons = json.putArray("excluded");
        line.reasons
                .sorted()
                .forEach(reason -> reasons.addObject()
                        .put("code", reason.getKey())
                        .put("text", Messages.in(language).text("assess.excluded." + reason.getKey()))
                        .put("count", reason.getValue()));
    }
}
