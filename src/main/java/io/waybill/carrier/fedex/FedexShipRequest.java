package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Goods;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Latin;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Money;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /ship/v1/shipments}. */
final class FedexShipRequest {
    /** The ref's slot; Track by References calls it INVOICE. */
    static final String REF = "INVOICE_NUMBER";

    static final int MOST_PARCELS = 300;
    private static final int MOST_AT_ONCE = 40;
    private static final List<String> OWN_REFERENCES = List.of("P_O_NUMBER", "DEPARTMENT_NUMBER");

    private FedexShipRequest() {}

    static byte[] of(Shipment shipment, Ref ref, FedexSettings settings) {
        Latin.require(shipment);
        Refusals.requireParcels(shipment, MOST_PARCELS);
        ObjectNode out = RequestJson.object().put("labelResponseOptions", "LABEL");
        out.set("accountNumber", FedexJson.value(settings.number()));
        if (shipment.parcels().size() > MOST_AT_ONCE) {
            out.put("processingOptionType", "ALLOW_ASYNCHRONOUS");
        }
        out.set("requestedShipment", shipment(shipment, ref, settings));
        return RequestJson.bytes(out);
    }

    /** The label that {@link #of} was asked for. */
    static LabelRequest labelOf(Reply request) {
        return FedexLabels.asked(request.at("requestedShipment", "labelSpecification"));
    }

    /** How many parcels {@link #of} asked for. */
    static int parcelsOf(Reply request) {
        return request.list("requestedShipment", "requestedPackageLineItems").size();
    }

    /** What the account is billed in where FedEx names no currency: that of the country it ships from. */
    static Optional<Currency> currencyOf(Reply request) {
        try {
            String country = request.text("requestedShipment", "shipper", "address", "countryCode");
            return Optional.ofNullable(Currency.getInstance(new Locale("", country)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** Whether the account pays the transport; else its price is nothing the account owes. */
    static boolean isPaidByAccount(Reply request) {
        return request.text("requestedShipment", "shippingChargesPayment", "paymentType")
                .equals("SENDER");
    }

    private static ObjectNode shipment(Shipment shipment, Ref ref, FedexSettings settings) {
        Order order = shipment.order();
        FedexLane lane = FedexLane.of(shipment);
        String service = FedexServices.ALL.code(shipment.service());
        boolean abroad = !lane.isDomestic();
        ObjectNode out = RequestJson.object();
        out.set("shipper", FedexParties.shipper(shipment, lane));
        out.putArray("recipients").add(recipient(order.shipTo(), service, abroad));
        out.put("pickupType", settings.pickup());
        out.put("serviceType", service);
        out.put("packagingType", FedexPackages.packaging(shipment));
        out.put("totalWeight", FedexPackages.pounds(shipment, lane));
        out.put("totalPackageCount", shipment.parcels().size());
        out.set("shippingChargesPayment", FedexBilling.transport(order, lane, settings.number()));
        options(out, order, lane, service);
        customs(out, shipment, ref, lane, settings.number());
        out.set("labelSpecification", FedexLabels.specification(shipment.label()));
        out.putArray("rateRequestType").add("ACCOUNT");
        out.set("requestedPackageLineItems", FedexPackages.of(shipment, lane, references(order, ref)));
        return out;
    }

    /** Home Delivery is to homes, and FedEx wants to be told so. */
    private static ObjectNode recipient(Address to, String service, boolean abroad) {
        ObjectNode recipient = FedexParties.party(to, "/shipTo", abroad);
        if (FedexServices.isToHomes(service) && to.residential() == null) {
            ((ObjectNode) recipient.path("address")).put("residential", true);
        }
        return recipient;
    }

    private static void options(ObjectNode out, Order order, FedexLane lane, String service) {
        Order.Options options = order.options();
        if (options == null) {
            return;
        }
        requireNoBatteries(options.batteries(), service);
        if (options.shipDate() != null) {
            out.put("shipDatestamp", options.shipDate().toString());
        }
        Money insured = Goods.insured(options);
        if (insured != null) {
            out.set("totalDeclaredValue", FedexJson.money(insured));
        }
        ObjectNode special = special(options, lane);
        if (!special.isEmpty()) {
            out.set("shipmentSpecialServices", special);
        }
    }

    static ObjectNode special(Order.Options options, FedexLane lane) {
        ObjectNode out = RequestJson.object();
        boolean saturday = Boolean.TRUE.equals(options.saturday());
        if (!saturday && !lane.isReturn()) {
            return out;
        }
        ArrayNode types = out.putArray("specialServiceTypes");
        if (saturday) {
            types.add("SATURDAY_DELIVERY");
        }
        if (lane.isReturn()) {
            types.add("RETURN_SHIPMENT");
            out.putObject("returnShipmentDetail").put("returnType", "PRINT_RETURN_LABEL");
        }
        return out;
    }

    /** In the air FedEx asks what they are made of, which an order does not say. */
    static void requireNoBatteries(@Nullable String said, String service) {
        String batteries = Objects.requireNonNullElse(said, "none");
        boolean byRoad = FedexServices.isGround(service) && !batteries.equals("alone");
        if (!batteries.equals("none") && !byRoad) {
            throw Refusals.takesNot(batteries, "/options/batteries", "none");
        }
    }

    private static void customs(ObjectNode out, Shipment shipment, Ref ref, FedexLane lane, String number) {
        Optional<ObjectNode> detail =
                FedexCustoms.where(shipment, lane, () -> FedexCustoms.detail(shipment, ref, lane, number));
        detail.ifPresent(customs -> out.set("customsClearanceDetail", customs));
        if (detail.isEmpty() || lane.isFreeOfCustoms()) {
            return;
        }
        ObjectNode papers = out.putObject("shippingDocumentSpecification");
        papers.putArray("shippingDocumentTypes").add("COMMERCIAL_INVOICE");
        papers.putObject("commercialInvoiceDetail")
                .putObject("documentFormat")
                .put("docType", "PDF")
                .put("stockType", "PAPER_LETTER");
    }

    /** 1 the order number, 2 our ref, 3 and 4 the customer's own. */
    private static Map<String, String> references(Order order, Ref ref) {
        Map<String, String> references = new LinkedHashMap<>();
        references.put("CUSTOMER_REFERENCE", RequestJson.cut(ref.orderNumber(), 30));
        references.put(REF, ref.value());
        List<String> own = order.billing() == null ? List.of() : order.billing().references();
        for (int i = 0; i < Math.min(own.size(), OWN_REFERENCES.size()); i++) {
            references.put(OWN_REFERENCES.get(i), RequestJson.cut(own.get(i), 30));
        }
        return references;
    }
}
