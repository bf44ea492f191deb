package io.waybill.carrier.dhl_express;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelBytes;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What DHL prints: how it is asked for, one document a parcel, and how it comes. */
final class ExpressLabels {
    private static final Logger LOG = LoggerFactory.getLogger(ExpressLabels.class);
    private static final Map<String, String> FORMATS = Map.of("PDF", "pdf", "ZPL", "zpl", "EPL2", "epl");

    /** MyDHL API 3.1.1 names no template of 4 by 6 inches but for loose BBX shipments: the nearest is A6, 4.13 by 5.83. */
    private static final Map<String, String> LABELS = Map.of(
            "4x6", "ECOM26_A6_002",
            "A6", "ECOM26_A6_002",
            "4x8", "ECOM26_84_001",
            "A4", "ECOM26_84_A4_001");

    private static final Map<String, String> WAYBILLS = Map.of(
            "4x6", "ARCH_6X4",
            "A6", "ARCH_6X4",
            "4x8", "ARCH_8X4",
            "A4", "ARCH_8X4_A4_002");

    private static final byte A6 = '\n';

    private ExpressLabels() {}

    /**
     * {@code outputImageProperties}.
     *
     * @throws io.waybill.carrier.RefusedException for a format or size DHL does not print
     */
    static ObjectNode properties(LabelRequest label, boolean invoice, boolean isReturn) {
        String format = FORMATS.get(label.format());
        if (format == null) {
            throw Refusals.takesNot(label.format(), "/label/format", FORMATS.keySet());
        }
        String template = LABELS.get(label.size());
        if (template == null) {
            throw Refusals.takesNot(label.size(), "/label/size", LABELS.keySet());
        }
        ObjectNode out = RequestJson.object()
                .put("printerDPI", label.dpi() == 203 ? 200 : 300)
                .put("encodingFormat", format);
        ArrayNode options = out.putArray("imageOptions");
        options.addObject().put("typeCode", "label").put("templateName", template);
        options.addObject()
                .put("typeCode", "waybillDoc")
                .put("templateName", WAYBILLS.get(label.size()))
                .put("isRequested", true)
                .put("numberOfCopies", 1);
        if (invoice) {
            options.addObject()
                    .put("typeCode", "invoice")
                    .put("templateName", isReturn ? "RET_COM_INVOICE_A4_01" : "COMMERCIAL_INVOICE_P_10")
                    .put("isRequested", true)
                    .put("invoiceType", isReturn ? "returns" : "commercial")
                    .put("languageCode", "eng");
        }
        return out.put("splitTransportAndWaybillDocLabels", true)
                .put("allDocumentsInOneImage", false)
                .put("splitDocumentsByPages", true)
                .put("splitInvoiceAndReceipt", true)
                .put("receiptAndLabelsInOneImage", false);
    }

    /** A6 and 4x6 are one template: behind a request for A6 stands a line break, which says nothing to DHL. */
    static byte[] marked(byte[] request, LabelRequest label) {
        byte[] marked = Arrays.copyOf(request, request.length + (label.size().equals("A6") ? 1 : 0));
        Arrays.fill(marked, request.length, marked.length, A6);
        return marked;
    }

    /** The size that was asked for with these bytes. */
    static String size(byte[] request) {
        if (request[request.length - 1] == A6) {
            return "A6";
        }
        String template = Reply.of(request).list("outputImageProperties", "imageOptions").stream()
                .filter(option -> option.text("typeCode").equals("label"))
                .map(option -> option.text("templateName"))
                .findFirst()
                .orElse("");
        return List.of("4x6", "4x8", "A4").stream()
                .filter(size -> template.equals(LABELS.get(size)))
                .findFirst()
                .orElse("4x6");
    }

    /** One label a parcel and the papers of the shipment; empty when a parcel has none that can be read. */
    static Optional<Label> of(Reply answer, int parcels, String size) {
        List<Label.Document> labels = new ArrayList<>();
        List<Label.Document> papers = new ArrayList<>();
        for (Reply json : answer.list("documents")) {
            String kind = kind(json.text("typeCode"));
            int parcel = ExpressSale.place(json.text("packageReferenceNumber"), 0);
            document(json, json.text("imageFormat"), kind, parcel, size)
                    .ifPresent(kind.equals("shipping_label") ? labels::add : papers::add);
        }
        List<Label.Document> assigned = ExpressPieces.assigned(labels, parcels);
        return assigned.isEmpty()
                ? Optional.empty()
                : Optional.of(new Label(
                        Stream.concat(assigned.stream(), papers.stream()).toList()));
    }

    private static String kind(String typeCode) {
        return switch (typeCode.toLowerCase(Locale.ROOT)) {
            case "label" -> "shipping_label";
            case "waybilldoc" -> "waybill";
            case "invoice", "proforma" -> "commercial_invoice";
            case "receipt", "shipmentreceipt" -> "receipt";
            default -> "";
        };
    }

    /**
     * Empty when it is of no kind, or cannot be read: that hides no other.
     *
     * @param said the format, by DHL's word
     */
    static Optional<Label.Document> document(Reply json, String said, String kind, int parcel, String size) {
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = json.base64("content");
            boolean sheet = kind.equals("commercial_invoice") || kind.equals("receipt");
            return Optional.of(new Label.Document(kind, parcel, format(bytes, said), sheet ? "A4" : size, bytes));
        } catch (RuntimeException unreadable) {
            LOG.warn("a {} cannot be read: {}", kind, unreadable.toString());
            return Optional.empty();
        }
    }

    /** By its bytes; a printer's language that begins unusually, by what DHL says it is. */
    private static String format(byte[] bytes, String said) {
        String seen = LabelBytes.formatOf(bytes, said);
        if (!seen.isEmpty()) {
            return seen;
        }
        throw new IllegalArgumentException("no document by its bytes");
    }
}
