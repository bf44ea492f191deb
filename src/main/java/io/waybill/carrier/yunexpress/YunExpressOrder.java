package io.waybill.carrier.yunexpress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Payers;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Dimensions;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/order/package/create}: kilograms, centimetres, letters of any script. */
final class YunExpressOrder {
    /** A waybill is one parcel. */
    static final int MOST_PARCELS = 1;

    private static final int MOST_REFERENCE = 50;
    static final BigDecimal LEAST_WEIGHT = new BigDecimal("0.001");

    private YunExpressOrder() {}

    static byte[] of(Shipment shipment, Ref ref, YunExpressSettings settings) {
        Refusals.requireParcels(shipment, MOST_PARCELS);
        Order order = shipment.order();
        refuseWhatIsNotOffered(order);
        ObjectNode out = RequestJson.object()
                .put("product_code", YunExpressFactory.SERVICES.code(shipment.service()))
                .put("customer_order_number", ref.value());
        out.set("order_numbers", numbers(order, ref));
        out.put("weight_unit", "KG").put("size_unit", "CM");
        out.putArray("packages").add(parcel(shipment.parcels().get(0), ref));
        out.set("receiver", party(order.shipTo(), "/shipTo"));
        out.set("sender", party(shipment.shipFrom(), "/shipFrom"));
        out.set("declaration_info", YunExpressGoods.declaration(shipment));
        ObjectNode customs = YunExpressGoods.numbers(shipment);
        if (!customs.isEmpty()) {
            out.set("customs_number", customs);
        }
        ArrayNode extras = extras(order);
        if (!extras.isEmpty()) {
            out.set("extra_services", extras);
        }
        out.put("sensitive_type", sensitive(order, settings));
        out.put("label_type", YunExpressLabels.type(shipment.label()));
        return RequestJson.bytes(settings.isCamelCase() ? camelCase(out) : out);
    }

    /** Our ref is the number YunExpress knows the order by; a person's are beside it. */
    private static ObjectNode numbers(Order order, Ref ref) {
        ObjectNode out = RequestJson.object();
        RequestJson.put(out, "platform_order_number", ref.orderNumber(), MOST_REFERENCE);
        List<String> own = order.billing() == null ? List.of() : order.billing().references();
        if (!own.isEmpty()) {
            ArrayNode references = out.putArray("reference_numbers");
            own.stream().limit(3).forEach(one -> references.add(RequestJson.cut(one, MOST_REFERENCE)));
        }
        return out;
    }

    private static ObjectNode parcel(Order.Parcel parcel, Ref ref) {
        ObjectNode out = RequestJson.object().put("weight", kilograms(parcel.weight()));
        Dimensions size = parcel.dimensions();
        if (size != null) {
            out.put("length", centimetres(size, size.length()));
            out.put("width", centimetres(size, size.width()));
            out.put("height", centimetres(size, size.height()));
        }
        String reference = parcel.reference();
        RequestJson.put(out, "reference_id", reference == null ? ref.orderNumber() : reference, MOST_REFERENCE);
        return out;
    }

    /** Three decimals, never below the weight and never zero. */
    static BigDecimal kilograms(@Nullable Weight weight) {
        BigDecimal kilograms =
                Refusals.needed(weight, "/parcels/0/weight").in(MassUnit.KG).value();
        return kilograms.setScale(3, RoundingMode.UP).max(LEAST_WEIGHT);
    }

    static BigDecimal centimetres(Dimensions size, BigDecimal side) {
        return side.multiply(size.unit().millimetres()).divide(LengthUnit.CM.millimetres(), 1, RoundingMode.UP);
    }

    /** A name of several words is parted before the last; one of none stands as the first. */
    private static ObjectNode party(Address address, String pointer) {
        String name = address.name() == null || address.name().isBlank() ? address.company() : address.name();
        String whole = Refusals.needed(name, pointer + "/name").replaceAll("\\s+", " ");
        int last = whole.lastIndexOf(' ');
        ObjectNode out = RequestJson.object().put("first_name", last < 0 ? whole : whole.substring(0, last));
        if (last > 0) {
            out.put("last_name", whole.substring(last + 1));
        }
        RequestJson.put(out, "company", address.company());
        out.put("country_code", Lane.country(address));
        RequestJson.put(out, "province", address.state());
        out.put("city", Refusals.needed(address.city(), pointer + "/city"));
        ArrayNode lines = out.putArray("address_lines");
        Stream.of(address.line1(), address.line2(), address.line3())
                .filter(line -> line != null && !line.isBlank())
                .forEach(line -> lines.add(line.strip()));
        RequestJson.put(out, "postal_code", address.postalCode());
        RequestJson.put(out, "phone_number", address.phone());
        RequestJson.put(out, "email", address.email());
        return out;
    }

    static boolean hasBatteries(Order order) {
        return order.options() != null
                && !Objects.requireNonNullElse(order.options().batteries(), "none")
                        .equals("none");
    }

    private static String sensitive(Order order, YunExpressSettings settings) {
        if (!hasBatteries(order)) {
            return settings.sensitiveType();
        }
        String said = String.valueOf(Objects.requireNonNull(order.options()).batteries());
        return settings.batteryType().orElseThrow(() -> Refusals.takesNot(said, "/options/batteries", List.of("none")));
    }

    /** Duties the sender pays are prepaid by YunExpress; a signature is a service of its own. */
    private static ArrayNode extras(Order order) {
        ArrayNode out = RequestJson.object().arrayNode();
        if (Payers.of(order, false).duties().map("sender"::equals).orElse(false)) {
            out.addObject().put("extra_code", "G0").put("extra_value", "");
        }
        String signature = order.options() == null ? null : order.options().signature();
        if (signature != null && !signature.equals("none")) {
            out.addObject().put("extra_code", "Ls0091").put("extra_value", "");
        }
        return out;
    }

    private static void refuseWhatIsNotOffered(Order order) {
        Order.Billing billing = order.billing();
        if (billing != null && billing.payer() != null && !billing.payer().equals("sender")) {
            throw Refusals.takesNot(billing.payer(), "/billing/payer", List.of("sender"));
        }
        if (billing != null && "thirdParty".equals(billing.dutiesPayer())) {
            throw Refusals.takesNot("thirdParty", "/billing/dutiesPayer", List.of("sender", "recipient"));
        }
        Order.Options options = order.options();
        if (options == null) {
            return;
        }
        if ("adult".equals(options.signature())) {
            throw Refusals.takesNot("adult", "/options/signature", List.of("none", "any", "direct", "indirect"));
        }
        if (options.insuredValue() != null && options.insuredValue().amount().signum() > 0) {
            throw Refusals.takesNot(options.insuredValue().toString(), "/options/insuredValue", List.of("0"));
        }
        refuse(options.saturday(), "/options/saturday");
        refuse(options.isReturn(), "/options/isReturn");
    }

    private static void refuse(@Nullable Boolean asked, String pointer) {
        if (Boolean.TRUE.equals(asked)) {
            throw Refusals.takesNot("true", pointer, List.of("false"));
        }
    }

    /** The same with every field's name in camel case. */
    private static JsonNode camelCase(JsonNode json) {
        if (json.isObject()) {
            ObjectNode out = RequestJson.object();
            json.properties().forEach(field -> out.set(camelCase(field.getKey()), camelCase(field.getValue())));
            return out;
        }
        if (json.isArray()) {
            ArrayNode out = RequestJson.object().arrayNode();
            json.forEach(element -> out.add(camelCase(element)));
            return out;
        }
        return json;
    }

    private static String camelCase(String name) {
        String[] words = name.split("_", -1);
        StringBuilder out = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            out.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return out.toString();
    }
}
