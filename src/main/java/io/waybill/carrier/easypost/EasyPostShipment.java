package io.waybill.carrier.easypost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.CustomsNumbers;
import io.waybill.carrier.Lane;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Phone;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Dimensions;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code POST /v2/shipments} makes: addresses, parcel in ounces and inches, customs and options. */
final class EasyPostShipment {
    private static final BigDecimal LEAST = new BigDecimal("0.1");
    private static final Set<String> AMERICAN = Set.of("US", "PR");
    private static final int MOST_REFERENCE = 35;

    /** A day that is over there is over everywhere. */
    private static final ZoneOffset WHERE_DAYS_END_LAST = ZoneOffset.ofHours(-11);

    private static final Map<String, String> SIGNATURES = Map.of(
            "any", "SIGNATURE", "direct", "SIGNATURE", "indirect", "INDIRECT_SIGNATURE", "adult", "ADULT_SIGNATURE");
    private static final Map<String, String> PAYERS =
            Map.of("sender", "SENDER", "recipient", "RECEIVER", "thirdParty", "THIRD_PARTY");

    /** A shipment of EasyPost is one parcel. */
    static final int MOST_PARCELS = 1;

    private EasyPostShipment() {}

    /** The shipment without its reference. */
    static ObjectNode of(Shipment shipment, Ref ref, EasyPostSettings settings) {
        ObjectNode out = shipment(shipment, settings);
        ObjectNode options = out.withObject("/options");
        options.put("label_format", EasyPostLabels.format(shipment.label()));
        options.put("print_custom_1", RequestJson.cut(ref.orderNumber(), MOST_REFERENCE));
        options.put("print_custom_2", ref.value());
        List<String> own = references(shipment.order());
        if (!own.isEmpty()) {
            options.put("print_custom_3", RequestJson.cut(own.get(0), MOST_REFERENCE));
        }
        return out;
    }

    private static List<String> references(Order order) {
        return order.billing() == null ? List.of() : order.billing().references();
    }

    /** For its prices only. */
    static byte[] toRate(Shipment shipment, EasyPostSettings settings) {
        ObjectNode body = RequestJson.object();
        body.set("shipment", shipment(shipment, settings));
        return RequestJson.bytes(body);
    }

    /** EasyPost turns the addresses of a return itself, so that they are given as the goods went out. */
    private static ObjectNode shipment(Shipment shipment, EasyPostSettings settings) {
        Latin.require(shipment);
        Refusals.requireParcels(shipment, MOST_PARCELS);
        Order order = shipment.order();
        Lane lane = Lane.of(shipment);
        ObjectNode from = address(shipment.shipFrom(), "/shipFrom");
        ObjectNode to = address(order.shipTo(), "/shipTo");
        ObjectNode out = RequestJson.object();
        out.set("to_address", lane.isReturn() ? from : to);
        out.set("from_address", lane.isReturn() ? to : from);
        if (lane.isReturn()) {
            out.put("is_return", true);
        }
        out.set("parcel", parcel(shipment.parcels().get(0)));
        if (!lane.isDomestic() && !(isAmerican(shipment) && order.customs() == null)) {
            out.set("customs_info", EasyPostCustoms.info(shipment, lane));
            EasyPostCustoms.identify(out, shipment, lane);
        }
        ObjectNode options = options(order);
        if (!options.isEmpty()) {
            out.set("options", options);
        }
        if (!settings.carrierAccounts().isEmpty()) {
            ArrayNode accounts = out.putArray("carrier_accounts");
            settings.carrierAccounts().forEach(accounts::add);
        }
        return out;
    }

    /** As the addresses are written: between them USPS carries home mail, which needs papers for some territories only. */
    private static boolean isAmerican(Shipment shipment) {
        return AMERICAN.contains(shipment.shipFrom().country())
                && AMERICAN.contains(shipment.order().shipTo().country());
    }

    /** A territory written as a state stays one, as USPS knows it, but for Puerto Rico: which carrier it will be is open here. */
    private static String country(Address address) {
        return Lane.country(address).equals("PR") ? "PR" : address.country();
    }

    private static ObjectNode address(Address address, String pointer) {
        ObjectNode out = RequestJson.object();
        RequestJson.put(out, "name", address.name());
        RequestJson.put(out, "company", address.company());
        if (out.isEmpty()) {
            throw Refusals.needs(pointer + "/name");
        }
        RequestJson.put(out, "street1", address.line1());
        String second = address.line3() == null || address.line3().isBlank()
                ? address.line2()
                : Objects.requireNonNullElse(address.line2(), "") + " " + address.line3();
        RequestJson.put(out, "street2", second);
        RequestJson.put(out, "city", Refusals.needed(address.city(), pointer + "/city"));
        RequestJson.put(out, "state", address.state());
        RequestJson.put(out, "zip", address.postalCode());
        out.put("country", country(address));
        RequestJson.put(out, "phone", Phone.digits(address.phone()));
        RequestJson.put(out, "email", address.email());
        RequestJson.put(out, "federal_tax_id", CustomsNumbers.isIoss(address) ? null : address.taxId());
        if (address.residential() != null) {
            out.put("residential", address.residential());
        }
        return out;
    }

    private static ObjectNode parcel(Order.Parcel parcel) {
        ObjectNode out = RequestJson.object();
        out.put(
                "weight",
                tenths(Refusals.needed(parcel.weight(), "/parcels/0/weight")
                        .in(MassUnit.OZ)
                        .value()));
        Dimensions size = parcel.dimensions();
        if (size != null) {
            out.put("length", inches(size, size.length()));
            out.put("width", inches(size, size.width()));
            out.put("height", inches(size, size.height()));
        }
        String packaging = Objects.requireNonNullElse(parcel.packaging(), "").strip();
        if (!packaging.isEmpty()) {
            if (!packaging.matches("[A-Za-z0-9_-]+")) {
                throw Refusals.takesNot(packaging, "/parcels/0/packaging", "FlatRateEnvelope");
            }
            out.put("predefined_package", packaging);
        }
        return out;
    }

    static BigDecimal tenths(BigDecimal value) {
        return value.setScale(1, RoundingMode.UP).max(LEAST);
    }

    /** Never above the weight but where that is less than one: goods weigh no more than their parcel. */
    static BigDecimal tenthsAtMost(BigDecimal value) {
        return value.setScale(1, RoundingMode.DOWN).max(LEAST);
    }

    private static BigDecimal inches(Dimensions size, BigDecimal side) {
        return side.multiply(size.unit().millimetres()).divide(LengthUnit.IN.millimetres(), 1, RoundingMode.UP);
    }

    /** A label's date is a time with EasyPost, and noon in Greenwich is the same day in America, Europe and Asia; a day that is not to come is today. */
    private static ObjectNode options(Order order) {
        ObjectNode out = RequestJson.object();
        billing(out, order.billing());
        if (order.customs() != null) {
            RequestJson.put(out, "incoterm", order.customs().incoterm());
            RequestJson.put(out, "invoice_number", order.customs().invoiceNumber());
        }
        Order.Options options = order.options();
        if (options == null) {
            return out;
        }
        String batteries = Objects.requireNonNullElse(options.batteries(), "none");
        if (!batteries.equals("none")) {
            throw Refusals.takesNot(batteries, "/options/batteries", "none");
        }
        RequestJson.put(
                out, "delivery_confirmation", SIGNATURES.get(Objects.requireNonNullElse(options.signature(), "none")));
        if (Boolean.TRUE.equals(options.saturday())) {
            out.put("saturday_delivery", true);
        }
        if (options.shipDate() != null && options.shipDate().isAfter(LocalDate.now(WHERE_DAYS_END_LAST))) {
            out.put("label_date", options.shipDate() + "T12:00:00Z");
        }
        return out;
    }

    private static void billing(ObjectNode out, Order.@Nullable Billing billing) {
        if (billing == null) {
            return;
        }
        String payer = Objects.requireNonNullElse(billing.payer(), "sender");
        if (!payer.equals("sender")) {
            out.set("payment", payment(payer, billing));
        }
        if (billing.dutiesPayer() != null) {
            out.set(
                    "duty_payment",
                    billing.dutiesPayer().equals("thirdParty")
                            ? payment("thirdParty", billing)
                            : RequestJson.object().put("type", PAYERS.get(billing.dutiesPayer())));
        }
    }

    private static ObjectNode payment(String payer, Order.Billing billing) {
        ObjectNode out = RequestJson.object().put("type", PAYERS.get(payer));
        out.put("account", Refusals.needed(billing.account(), "/billing/account"));
        RequestJson.put(out, "country", billing.country());
        RequestJson.put(out, "postal_code", billing.postalCode());
        return out;
    }
}
