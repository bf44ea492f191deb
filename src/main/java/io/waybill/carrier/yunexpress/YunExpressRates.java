package io.waybill.carrier.yunexpress;

import static io.waybill.carrier.yunexpress.YunExpressAnswer.text;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Lane;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Rates.Rate;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Dimensions;
import io.waybill.measure.Money;
import io.waybill.order.Order;
import io.waybill.text.UrlPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code GET /v1/price-trial/get}: every product of the account that takes the parcel, fee by fee. */
final class YunExpressRates {
    private YunExpressRates() {}

    static String query(Shipment shipment, YunExpressSettings settings) {
        Refusals.requireParcels(shipment, YunExpressOrder.MOST_PARCELS);
        Order.Parcel parcel = shipment.parcels().get(0);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("country_code", Lane.country(shipment.order().shipTo()));
        query.put("weight", YunExpressOrder.kilograms(parcel.weight()).toPlainString());
        query.put("weight_unit", "KG");
        query.put("package_type", YunExpressOrder.hasBatteries(shipment.order()) ? "E" : "C");
        String code = shipment.order().shipTo().postalCode();
        if (code != null && !code.isBlank() && code.length() <= 20) {
            query.put("postal_code", code.strip());
        }
        query.put("pieces", "1");
        Dimensions size = parcel.dimensions();
        if (size != null) {
            query.put("length", YunExpressOrder.centimetres(size, size.length()).toPlainString());
            query.put("width", YunExpressOrder.centimetres(size, size.width()).toPlainString());
            query.put("height", YunExpressOrder.centimetres(size, size.height()).toPlainString());
            query.put("size_unit", "CM");
        }
        settings.origin().ifPresent(origin -> query.put("origin", origin));
        return query.entrySet().stream()
                .map(one -> one.getKey() + "=" + UrlPart.of(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    static List<Rate> rates(Answer.Read answer) {
        YunExpressAnswer said = YunExpressAnswer.of(answer);
        if (said.isRefusal() || !answer.ok()) {
            return List.of(Rate.excluded("*", YunExpressError.of(answer).told()));
        }
        Map<String, List<Reply>> products = new LinkedHashMap<>();
        for (Reply fee : said.results()) {
            String product = text(fee, "product_code");
            if (!product.isEmpty()) {
                products.computeIfAbsent(product, code -> new ArrayList<>()).add(fee);
            }
        }
        return products.entrySet().stream()
                .map(one -> readable(one.getKey(), one.getValue()))
                .toList();
    }

    /** A price that cannot be read takes no other with it. */
    private static Rate readable(String product, List<Reply> fees) {
        String service = YunExpressFactory.SERVICES.word(product);
        try {
            return rate(service, fees);
        } catch (RuntimeException unreadable) {
            return Rate.excluded(service, "its price cannot be read: " + unreadable.getMessage());
        }
    }

    private static Rate rate(String service, List<Reply> fees) {
        Money total =
                fees.stream().map(YunExpressRates::amount).reduce(Money::plus).orElseThrow();
        PriceParts parts = new PriceParts(total);
        fees.forEach(fee -> YunExpressMoney.add(parts, amount(fee).amount(), text(fee, "fee_name")));
        Integer days = fees.stream()
                .map(fee -> days(text(fee, "interval_day")))
                .flatMap(Optional::stream)
                .max(Integer::compareTo)
                .orElse(null);
        return new Rate(service, parts.all(), total, days, null, null);
    }

    /** In the currency the account is billed in, else as it was calculated. */
    private static Money amount(Reply fee) {
        return YunExpressMoney.of(fee, "convert_amount", "convert_currency")
                .or(() -> YunExpressMoney.of(fee, "calculate_amount", "currency"))
                .orElseThrow(() -> new IllegalArgumentException("it has no amount"));
    }

    /** {@code 3-8}: of a range its end. */
    private static Optional<Integer> days(String range) {
        String last = range.replaceAll("[^0-9]+$", "").replaceFirst("^.*[^0-9]", "");
        return last.matches("\\d{1,4}") ? Optional.of(Integer.valueOf(last)) : Optional.empty();
    }
}
