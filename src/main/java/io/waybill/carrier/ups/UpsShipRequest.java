package io.waybill.carrier.ups;

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
import io.waybill.order.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ShipmentRequest} of the Shipping API v2409. */
final class UpsShipRequest {
    private static final String PRINT_RETURN_LABEL = "9";
    private static final int MOST_PARCELS = 200;
    private static final int MOST_RETURNED = 20;
    private static final int MOST_REFERENCES = 5;
    private static final int LONGEST_REFERENCE = 35;
    private static final int DPI = 203;
    private static final Set<String> SIZES = Set.of("4x6", "4x8");
    private static final Set<String> THERMAL = Set.of("ZPL", "EPL2");
    private static final Map<String, String> FORMATS = Map.of("PDF", "GIF", "PNG", "GIF", "ZPL", "ZPL", "EPL2", "EPL");

    private UpsShipRequest() {}

    static byte[] of(Shipment shipment, Ref ref, String number) {
        Latin.require(shipment);
        UpsLane lane = UpsLane.of(shipment);
        Refusals.requireParcels(shipment, mostParcels(shipment));
        ObjectNode out = RequestJson.object();
        ObjectNode request = out.putObject("ShipmentRequest");
        request.putObject("Request")
                .put("SubVersion", "2205")
                .put("RequestOption", "nonvalidate")
                .putObject("TransactionReference")
                .put("CustomerContext", ref.value() + " " + wanted(shipment.label()));
        request.set("Shipment", shipment(shipment, ref, lane, number));
        requirePrintable(shipment.label());
        ObjectNode label = label(shipment.label());
        UpsLetters.of(shipment).ifPresent(letters -> label.put("CharacterSet", letters));
        request.set("LabelSpecification", label);
        return RequestJson.bytes(out);
    }

    /**
     * The label that {@link #of} was asked for. Its format is written at the end of the context, which UPS only echoes, with the
     * size of a page that is none of UPS's: for PDF and PNG UPS is asked for the same GIF.
     */
    static LabelRequest labelOf(Reply request) {
        String context = request.required("Request", "TransactionReference", "CustomerContext");
        String[] wanted = context.substring(context.lastIndexOf(' ') + 1).split("/", 2);
        String height = request.required("LabelSpecification", "LabelStockSize", "Height");
        return new LabelRequest(wanted[0], wanted.length == 2 ? wanted[1] : "4x" + height, DPI);
    }

    private static String wanted(LabelRequest label) {
        return SIZES.contains(label.size()) ? label.format() : label.format() + "/" + label.size();
    }

    /** Whether the account pays the transport; else its price is nothing the account owes. */
    static boolean isPaidByAccount(Reply request) {
        return request.at("Shipment", "PaymentInformation", "ShipmentCharge", "BillShipper")
                .isPresent();
    }

    private static ObjectNode shipment(Shipment shipment, Ref ref, UpsLane lane, String number) {
        Order order = shipment.order();
        List<String> references = references(order, ref);
        ObjectNode out = RequestJson.object();
        String goods = Goods.description(order, 50);
        RequestJson.put(out, "Description", goods == null && lane.isOfDocuments(order) ? "Documents" : goods);
        if (lane.isOfDocuments(order)) {
            UpsJson.mark(out, "DocumentsOnlyIndicator");
        }
        if (lane.isReturn()) {
            out.set("ReturnService", UpsJson.code(PRINT_RETURN_LABEL));
        }
        UpsParties.put(out, shipment, lane, number);
        UpsBilling.put(out.putObject("PaymentInformation"), order, lane, number);
        out.set("Service", UpsJson.code(UpsFactory.SERVICES.code(shipment.service())));
        UpsJson.mark(out.putObject("ShipmentRatingOptions"), "NegotiatedRatesIndicator");
        UpsJson.mark(out, "TaxInformationIndicator");
        UpsShipDate.put(out, order);
        if (!lane.hasPackageReferences()) {
            ArrayNode own = out.putArray("ReferenceNumber");
            references.forEach(reference -> own.addObject().put("Value", reference));
        }
        if (lane.hasInvoiceTotal()) {
            out.set("InvoiceLineTotal", UpsJson.money(Goods.worth(order)));
        }
        ObjectNode options = options(shipment, ref, lane);
        if (!options.isEmpty()) {
            out.set("ShipmentServiceOptions", options);
        }
        out.set("Package", UpsPackages.toShip(shipment, lane, lane.hasPackageReferences() ? references : List.of()));
        return out;
    }

    /** 1 the order number, 2 our ref, 3–5 the customer's own. */
    private static List<String> references(Order order, Ref ref) {
        List<String> references = new ArrayList<>();
        references.add(RequestJson.cut(ref.orderNumber(), LONGEST_REFERENCE));
        references.add(ref.value());
        if (order.billing() != null) {
            order.billing().references().stream()
                    .limit(MOST_REFERENCES - 2)
                    .forEach(reference -> references.add(RequestJson.cut(reference, LONGEST_REFERENCE)));
        }
        return references;
    }

    private static ObjectNode options(Shipment shipment, Ref ref, UpsLane lane) {
        ObjectNode out = RequestJson.object();
        Order.Options options = shipment.order().options();
        if (options != null && Boolean.TRUE.equals(options.saturday())) {
            UpsJson.mark(out, "SaturdayDeliveryIndicator");
        }
        if (options != null && !lane.hasPackageSignature() && !lane.isReturn()) {
            UpsPackages.signature(options.signature(), "1", "2")
                    .ifPresent(type -> out.putObject("DeliveryConfirmation").put("DCISType", type));
        }
        if (lane.hasInvoice(shipment.order())) {
            out.set("InternationalForms", UpsCustoms.forms(shipment, ref, lane));
        }
        return out;
    }

    /** UPS prints another size as 4x6, which a page of PDF has room for; what a finer printer makes of these dots is too small. */
    private static void requirePrintable(LabelRequest label) {
        if (!SIZES.contains(label.size()) && !label.format().equals("PDF")) {
            throw Refusals.takesNot(label.size(), "/label/size", SIZES);
        }
        if (THERMAL.contains(label.format()) && label.dpi() > DPI) {
            throw Refusals.takesNot(String.valueOf(label.dpi()), "/label/dpi", String.valueOf(DPI));
        }
    }

    static ObjectNode label(LabelRequest label) {
        String format = FORMATS.get(label.format());
        if (format == null) {
            throw Refusals.takesNot(label.format(), "/label/format", FORMATS.keySet());
        }
        ObjectNode out = RequestJson.object();
        out.putObject("LabelImageFormat").put("Code", format);
        out.put("HTTPUserAgent", "Mozilla/4.5");
        out.putObject("LabelStockSize")
                .put("Height", label.size().equals("4x8") ? "8" : "6")
                .put("Width", "4");
        return out;
    }

    /** What UPS sends back is one parcel where it begins in the US or Puerto Rico. */
    static int mostParcels(Shipment shipment) {
        UpsLane lane = UpsLane.of(shipment);
        if (!lane.isReturn()) {
            return MOST_PARCELS;
        }
        return lane.isImperial() ? 1 : MOST_RETURNED;
    }
}
