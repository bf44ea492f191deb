package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The labels FedEx prints: how they are asked for, and how they come, in base 64 or by an address. */
final class FedexLabels {
    private static final Logger LOG = LoggerFactory.getLogger(FedexLabels.class);
    private static final Map<String, String> FORMATS =
            Map.of("PDF", "PDF", "PNG", "PNG", "ZPL", "ZPLII", "EPL2", "EPL2");
    private static final Map<String, String> PAPERS =
            Map.of("4x6", "PAPER_4X6", "4x8", "PAPER_4X8", "letter", "PAPER_LETTER");
    private static final Map<String, String> ROLLS = Map.of("4x6", "STOCK_4X6", "4x8", "STOCK_4X8");
    private static final int FINE = 300;

    /** What goes on a parcel, the likeliest first. */
    private static final List<String> LABELS = List.of("LABEL", "", "ACCEPTANCE_LABEL", "MERGED_LABELS_ONLY");

    private FedexLabels() {}

    /** {@code labelSpecification}. @throws io.waybill.carrier.RefusedException for a format or size FedEx does not print */
    static ObjectNode specification(LabelRequest label) {
        String format = FORMATS.get(label.format());
        if (format == null) {
            throw Refusals.takesNot(label.format(), "/label/format", FORMATS.keySet());
        }
        Map<String, String> stocks = isThermal(label.format()) ? ROLLS : PAPERS;
        String stock = stocks.get(label.size());
        if (stock == null) {
            throw Refusals.takesNot(label.size(), "/label/size", stocks.keySet());
        }
        ObjectNode out = RequestJson.object()
                .put("labelFormatType", "COMMON2D")
                .put("imageType", format)
                .put("labelStockType", stock);
        return label.format().equals("ZPL") && label.dpi() == FINE ? out.put("resolution", FINE) : out;
    }

    /** What a {@link #specification} asks for. */
    static LabelRequest asked(Reply specification) {
        String stock = specification.text("labelStockType");
        return new LabelRequest(
                key(FORMATS, specification.text("imageType"), "PDF"),
                key(PAPERS, stock, key(ROLLS, stock, "4x6")),
                specification.text("resolution").equals("300") ? FINE : 203);
    }

    private static String key(Map<String, String> map, String value, String otherwise) {
        return map.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(otherwise);
    }

    private static boolean isThermal(String format) {
        return format.equals("ZPL") || format.equals("EPL2");
    }

    /**
     * One label a piece, in their order, and the papers of the shipment; empty when a piece has none that can be read.
     *
     * @param pieces {@code pieceResponses}
     */
    static Optional<Label> of(Reply shipment, List<Reply> pieces, LabelRequest wanted, Downloads documents) {
        List<Reply> ofShipment = shipment.list("shipmentDocuments");
        List<Label.Document> all = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            int parcel = i + 1;
            String number = FedexSale.tracking(pieces.get(i));
            Optional<Label.Document> label = Stream.concat(
                            pieces.get(i).list("packageDocuments").stream(),
                            ofShipment.stream()
                                    .filter(one -> one.text("trackingNumber").equals(number)))
                    .filter(one -> LABELS.contains(one.text("contentType")))
                    .sorted(Comparator.comparingInt(one -> LABELS.indexOf(one.text("contentType"))))
                    .flatMap(one -> document(one, "shipping_label", parcel, wanted.size(), documents).stream())
                    .findFirst();
            if (label.isEmpty()) {
                return Optional.empty();
            }
            all.add(label.get());
        }
        ofShipment.forEach(one -> paper(one, documents).ifPresent(all::add));
        return all.isEmpty() ? Optional.empty() : Optional.of(new Label(all));
    }

    private static Optional<Label.Document> paper(Reply json, Downloads documents) {
        String kind = switch (json.text("contentType")) {
            case "COMMERCIAL_INVOICE", "PROFORMA_INVOICE" -> "commercial_invoice";
            case "CERTIFICATE_OF_ORIGIN",
                    "USMCA_CERTIFICATION_OF_ORIGIN",
                    "USMCA_COMMERCIAL_INVOICE_CERTIFICATION_OF_ORIGIN" -> "customs_declaration";
            default -> "";
        };
        return kind.isEmpty() ? Optional.empty() : document(json, kind, 0, "letter", documents);
    }

    private static Optional<Label.Document> document(
            Reply json, String kind, int parcel, String size, Downloads documents) {
        try {
            byte[] bytes = json.text("encodedLabel").isEmpty()
                    ? documents.read(json.required("url"))
                    : json.base64("encodedLabel");
            return Optional.of(new Label.Document(kind, parcel, format(bytes, json.text("docType")), size, bytes));
        } catch (RuntimeException unreadable) {
            LOG.warn("the {} of parcel {} cannot be read: {}", kind, parcel, unreadable.toString());
            return Optional.empty();
        }
    }

    /** By its bytes; a printer's language that begins unusually, by what FedEx says it is. */
    private static String format(byte[] bytes, String said) {
        String seen = LabelImages.formatOf(bytes, said);
        if (seen.isEmpty()) {
            throw new IllegalArgumentException("no document by its bytes");
        }
        return seen;
    }
}
