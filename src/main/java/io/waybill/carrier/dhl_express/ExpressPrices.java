package io.waybill.carrier.dhl_express;

import io.waybill.carrier.Charge;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Prices. DHL states each of them up to three times: in the currency it bills ({@code BILLC}), in that of the country's public
 * rates ({@code PULCL}) and in its own ({@code BASEC}). One of them is taken, in this order, and they are never added.
 */
final class ExpressPrices {
    private static final CodeTable TYPES = CodeTable.read(ExpressPrices.class, "charges.csv", "uncategorized");
    private static final List<String> CURRENCIES = List.of("BILLC", "", "PULCL", "BASEC");
    private static final Set<String> KINDS = Set.of("TAX", "DISCOUNT");
    private static final String TAX = "STTXA";
    private static final String DISCOUNT = "STDIS";

    private ExpressPrices() {}

    /** What a purchase cost; nothing when DHL states no price. What cannot be read does not undo the sale. */
    static List<Charge> ofSale(Reply answer) {
        return PriceParts.ofSale(() -> stated(answer.list("shipmentCharges"))
                .map(price -> parts(money(price), price.list("serviceBreakdown"), List.of()))
                .orElse(List.of()));
    }

    /** The total of a product of the Rating API; empty when it has none. */
    static Optional<Money> total(Reply product) {
        return stated(product.list("totalPrice")).map(ExpressPrices::money);
    }

    /** Its parts, in the currency of the total. */
    static List<Charge> ofProduct(Reply product, Money total) {
        String type = stated(product.list("totalPrice"))
                .map(price -> price.text("currencyType"))
                .orElse("");
        return parts(
                total,
                of(product.list("detailedPriceBreakdown"), type, total)
                        .flatMap(one -> one.list("breakdown").stream())
                        .toList(),
                of(product.list("totalPriceBreakdown"), type, total)
                        .flatMap(one -> one.list("priceBreakdown").stream())
                        .toList());
    }

    private static Stream<Reply> of(List<Reply> breakdowns, String type, Money total) {
        return breakdowns.stream()
                .filter(one -> one.text("currencyType").equals(type))
                .filter(one -> isIn(total, one))
                .limit(1);
    }

    /** What is told in another currency is no part of the total: what it stands for is in the rest. */
    private static boolean isIn(Money total, Reply part) {
        String currency = part.text("priceCurrency");
        return currency.isEmpty() || currency.equals(total.currency().getCurrencyCode());
    }

    private static Optional<Reply> stated(List<Reply> prices) {
        return CURRENCIES.stream()
                .flatMap(type -> prices.stream()
                        .filter(price -> price.text("currencyType").equals(type)))
                .filter(price -> !price.text("priceCurrency").isEmpty())
                .filter(price -> amount(price).signum() > 0)
                .findFirst();
    }

    private static Money money(Reply price) {
        return Money.of(amount(price).toPlainString(), price.required("priceCurrency"));
    }

    /** Zero where there is none that can be read. */
    private static BigDecimal amount(Reply item) {
        return PriceParts.amount(item, "price").orElse(BigDecimal.ZERO);
    }

    /**
     * The product comes first, without a code. Taxes and discounts are told in the sums, else beside each service; a discount counts
     * where the prices are those before it.
     */
    private static List<Charge> parts(Money total, List<Reply> all, List<Reply> sums) {
        PriceParts parts = new PriceParts(total);
        List<Reply> services = all.stream().filter(one -> isIn(total, one)).toList();
        for (Reply service : services) {
            BigDecimal price = amount(service);
            String code = code(service);
            if (code.isEmpty()) {
                parts.base(price, service.text("name"));
            } else if (price.signum() != 0) {
                parts.add(TYPES.word(code), price, code, service.text("name"));
            }
        }
        PriceParts taxes = new PriceParts(total);
        details("TAX", services, TAX, sums)
                .forEach(one -> taxes.add("tax", amount(one.price()), one.code(), one.text("total tax")));
        PriceParts discounts = new PriceParts(total);
        details("DISCOUNT", services, DISCOUNT, sums)
                .forEach(one -> discounts.add(
                        "discount", amount(one.price()).abs().negate(), one.code(), one.text("total discount")));
        return parts.addIfNearer(discounts, taxes).addIfRoom(taxes).all();
    }

    /** A tax or a discount: of one service, or of the shipment where that is empty. */
    private record Detail(Reply price, String code, String service) {
        String text(String ofShipment) {
            return service.isEmpty() ? ofShipment : service;
        }
    }

    /** The sum of its code where it is told, else what is told beside each service. */
    private static List<Detail> details(String kind, List<Reply> services, String sum, List<Reply> sums) {
        List<Detail> told = sums.stream()
                .filter(one -> one.text("typeCode").equals(sum))
                .map(one -> new Detail(one, sum, ""))
                .toList();
        return told.isEmpty()
                ? services.stream()
                        .flatMap(service -> service.list("priceBreakdown").stream()
                                .flatMap(one -> detail(kind, one, service.text("name")).stream()))
                        .toList()
                : told;
    }

    /** DHL's document has kind and code either way round; the type is the kind where it is one. */
    private static Optional<Detail> detail(String kind, Reply one, String service) {
        String type = one.text("priceType");
        String code = one.text("typeCode");
        boolean isType = KINDS.contains(type);
        return kind.equals(isType ? type : code)
                ? Optional.of(new Detail(one, isType ? code : type, service))
                : Optional.empty();
    }

    /** {@code serviceCode} of a quote, {@code typeCode} of a sale; of a quote the latter is a local name. */
    private static String code(Reply service) {
        String code = service.text("serviceCode");
        String type = service.text("typeCode");
        return code.isEmpty() && type.matches("[0-9A-Z]{1,3}") ? type : code;
    }
}
