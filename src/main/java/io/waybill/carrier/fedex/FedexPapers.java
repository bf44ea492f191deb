package io.waybill.carrier.fedex;

import io.waybill.carrier.Downloads;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Reply;
import io.waybill.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The labels and papers of one shipment as FedEx sends them, in base 64 or by an address: each piece's beside the piece or
 * among those of the shipment, or all of them in one PDF.
 */
final class FedexPapers {
    private static final Logger LOG = LoggerFactory.getLogger(FedexPapers.class);
    private static final String LABEL = "shipping_label";

    /** What goes on a parcel, the likeliest first. */
    private static final List<String> LABELS = List.of("LABEL", "", "ACCEPTANCE_LABEL");

    /** What may hold the label of the one piece there is: its papers may be in it too. */
    private static final List<String> ALONE =
            List.of("LABEL", "", "ACCEPTANCE_LABEL", "MERGED_LABELS_ONLY", "MERGED_LABEL_DOCUMENTS");

    /** What may hold the labels of several pieces, a page each. */
    private static final List<String> MERGED = List.of("MERGED_LABELS_ONLY", "MERGED_LABEL_DOCUMENTS", "LABEL", "");

    private final List<Reply> ofShipment;
    private final List<Reply> pieces;
    private final LabelRequest wanted;
    private final Downloads documents;
    private String silence = "";

    /** @param pieces {@code pieceResponses}, in the order of the parcels */
    FedexPapers(Reply shipment, List<Reply> pieces, LabelRequest wanted, Downloads documents) {
        this.ofShipment = shipment.list("shipmentDocuments");
        this.pieces = pieces;
        this.wanted = wanted;
        this.documents = documents;
    }

    /**
     * One label a piece, in their order, and the papers of the shipment; empty when a piece has none that can be read, for
     * papers alone are no label, when FedEx tells fewer pieces than there are parcels, or when one of them is to be read later.
     *
     * @param parcels how many were asked for, or 0 where that is not known; there are no fewer than FedEx tells pieces
     */
    Optional<Label> label(int parcels) {
        try {
            return read(parcels);
        } catch (Downloads.LaterException later) {
            LOG.info("the label comes later: {}", later.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Label> read(int parcels) {
        List<Label.Document> labels = labels(pieces.isEmpty() ? parcels : Math.max(parcels, pieces.size()));
        if (labels.isEmpty()) {
            return Optional.empty();
        }
        List<Label.Document> all = new ArrayList<>(labels);
        all.addAll(papers());
        return Optional.of(new Label(all));
    }

    /** Those of the shipment; where it has none, those that stand beside the first piece that has some. */
    private List<Label.Document> papers() {
        return Stream.concat(Stream.of(ofShipment), pieces.stream().map(piece -> piece.list("packageDocuments")))
                .map(documents ->
                        documents.stream().flatMap(one -> paper(one).stream()).toList())
                .filter(papers -> !papers.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Why nothing could be read from the address of a label, of those that were looked at; empty where no such reading failed. */
    Optional<String> silence() {
        return Optional.of(silence).filter(why -> !why.isEmpty());
    }

    private List<Label.Document> labels(int parcels) {
        List<Label.Document> each = pieces.isEmpty() ? unnamed(parcels) : ofPieces(parcels);
        return each.isEmpty() && parcels > 1 ? merged(parcels) : each;
    }

    private List<Label.Document> ofPieces(int parcels) {
        List<String> types = pieces.size() == 1 ? ALONE : LABELS;
        List<Label.Document> labels = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            int parcel = i + 1;
            String number = FedexSale.ownNumber(pieces.get(i));
            likeliest(
                            Stream.concat(
                                    pieces.get(i).list("packageDocuments").stream(),
                                    ofShipment.stream().filter(one -> isOf(one, number))),
                            types)
                    .flatMap(one -> document(one, LABEL, parcel, wanted.size()).stream())
                    .findFirst()
                    .ifPresent(labels::add);
        }
        return labels.size() == parcels ? labels : List.of();
    }

    /** Of one piece, whatever is a label; of several, what has its number. */
    private boolean isOf(Reply document, String number) {
        String told = document.text("trackingNumber");
        boolean alone = pieces.size() == 1 && (number.isEmpty() || told.isEmpty());
        return alone || (!number.isEmpty() && told.equals(number));
    }

    /** Where FedEx tells no piece, the labels among the shipment's papers, one a parcel. */
    private List<Label.Document> unnamed(int parcels) {
        for (String type : ALONE) {
            List<Label.Document> labels = new ArrayList<>();
            likeliest(ofShipment.stream(), List.of(type))
                    .limit(parcels == 0 ? Integer.MAX_VALUE : parcels)
                    .forEach(one -> document(one, LABEL, labels.size() + 1, wanted.size())
                            .ifPresent(labels::add));
            if (parcels == 0 ? !labels.isEmpty() : labels.size() == parcels) {
                return labels;
            }
        }
        return List.of();
    }

    /** One PDF of as many pages as there are parcels. */
    private List<Label.Document> merged(int parcels) {
        Stream<Reply> all = Stream.concat(
                ofShipment.stream(), pieces.stream().flatMap(one -> one.list("packageDocuments").stream()));
        return likeliest(all, MERGED)
                .map(one -> pages(one, parcels))
                .filter(pages -> !pages.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<Label.Document> pages(Reply json, int parcels) {
        Optional<byte[]> whole = document(json, LABEL, 0, wanted.size())
                .filter(one -> one.format().equals("PDF"))
                .map(Label.Document::bytes);
        if (whole.isEmpty()) {
            return List.of();
        }
        try {
            List<byte[]> pages = LabelImages.pages(whole.get());
            List<Label.Document> labels = new ArrayList<>();
            for (byte[] page : pages) {
                labels.add(new Label.Document(LABEL, labels.size() + 1, "PDF", wanted.size(), page));
            }
            return pages.size() == parcels ? labels : List.of();
        } catch (RuntimeException unreadable) {
            LOG.warn("the labels of {} parcels cannot be taken apart: {}", parcels, unreadable.toString());
            return List.of();
        }
    }

    private static Stream<Reply> likeliest(Stream<Reply> documents, List<String> types) {
        return documents
                .filter(one -> types.contains(one.text("contentType")))
                .sorted(Comparator.comparingInt(one -> types.indexOf(one.text("contentType"))));
    }

    private Optional<Label.Document> paper(Reply json) {
        String kind = switch (json.text("contentType")) {
            case "COMMERCIAL_INVOICE", "PROFORMA_INVOICE" -> "commercial_invoice";
            case "CERTIFICATE_OF_ORIGIN",
                    "USMCA_CERTIFICATION_OF_ORIGIN",
                    "USMCA_COMMERCIAL_INVOICE_CERTIFICATION_OF_ORIGIN" -> "customs_declaration";
            default -> "";
        };
        return kind.isEmpty() ? Optional.empty() : document(json, kind, 0, "letter");
    }

    private Optional<Label.Document> document(Reply json, String kind, int parcel, String size) {
        try {
            byte[] bytes = json.text("encodedLabel").isEmpty()
                    ? documents.read(json.required("url"))
                    : json.base64("encodedLabel");
            String format = FedexLabels.format(bytes, json.text("docType"));
            return Optional.of(new Label.Document(kind, parcel, format, size, bytes));
        } catch (Downloads.LaterException later) {
            throw later;
        } catch (RuntimeException unreadable) {
            LOG.warn("the {} of parcel {} cannot be read: {}", kind, parcel, unreadable.toString());
            boolean isAtAddress =
                    json.text("encodedLabel").isEmpty() && !json.text("url").isEmpty();
            if (isAtAddress && kind.equals(LABEL)) {
                silence = "no label comes from the address FedEx told: " + Words.of(unreadable);
            }
            return Optional.empty();
        }
    }
}
